/** SHA-256 of a UTF-8 text as 64 hexadecimal digits; core has no hashing of its own. */
export type Sha256 = (text: string) => string;
