/** Names and descriptions of what is below a gateway: up to 100 characters, and no addresses of pages. */
export const isPlain = (text: string | undefined): boolean =>
  text === undefined || (text.length <= 100 && !/^https?:\/\//.test(text));
