import type { ComponentProps, FormEvent } from "react";

type Props = Omit<ComponentProps<"form">, "method" | "action" | "onSubmit"> & {
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/**
 * A form that sends nothing but what its `onSubmit` sends. One that is submitted before the page is hydrated keeps what was
 * typed, and none of it comes to stand in an address: the method "dialog" does nothing where no dialog is around the form
 * (the HTML specification's form submission algorithm). After Back or a reload the browser puts nothing into its fields: React
 * would not hear of that, and what it shows would not be what is sent.
 */
export function Form({ onSubmit, ...props }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(event);
  };
  return <form autoComplete="off" {...props} method="dialog" onSubmit={submit} />;
}
