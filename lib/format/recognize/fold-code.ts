/** Characters that sound or look alike when a code is read out become one: case, 1 l I, 0 O D. The mirror's index does the same. */
export const foldCode = (code: string): string => code.toLowerCase().replace(/[li]/g, "1").replace(/[od]/g, "0");
