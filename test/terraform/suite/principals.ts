export const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
export const user = (name: string): string => `arn:aws:iam::111122223333:user/${name}`;
/** A role of Identity Center, whose home region is eu-west-1. */
export const sso = (name: string): string => role(`aws-reserved/sso.amazonaws.com/eu-west-1/${name}`);
