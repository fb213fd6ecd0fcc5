/** Names and descriptions of what is below a gateway: up to 100 characters, and no addresses of pages. */
export const isPlain = (text: string | undefined): boolean => isShort(text, 100);

/** Of VPCs and vSwitches: names of up to 128 characters, descriptions of up to 256. */
export const isVpcName = (text: string | undefined): boolean => isShort(text, 128);
export const isVpcDescription = (text: string | undefined): boolean => isShort(text, 256);

const isShort = (text: string | undefined, longest: number): boolean =>
  text === undefined || (text.length <= longest && !/^https?:\/\//.test(text));
