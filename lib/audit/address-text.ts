/** Whether a text can be an address, or the group one is counted by ("2001:db8:1:2::/64"): with dots or colons. */
export const isAddressText = (text: string): boolean => /^(?=.*[.:])[0-9a-f.:/]{2,64}$/i.test(text.trim());
