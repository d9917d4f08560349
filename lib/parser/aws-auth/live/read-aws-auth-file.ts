import { diagnose, Refusal } from '../../../diagnostics/index.ts';
import { readAwsAuth, type AwsAuth } from './aws-auth.ts';
import { findPlaces, type PlaceOf } from './places.ts';
import { readConfigMap } from './read-config-map.ts';
import { YamlTooLarge } from './yaml-value.ts';

/** A file with the live ConfigMap: what the authenticator holds of it, and where that stands. */
export type AwsAuthFile = {
  readonly file: string;
  readonly text: string;
  readonly awsAuth: AwsAuth;
  readonly placeOf: PlaceOf;
};

/** Throws a Refusal with TAE022 for what is no ConfigMap aws-auth, or cannot be read. */
export const readAwsAuthFile = async (file: string, text: string): Promise<AwsAuthFile> => {
  try {
    const data = await readConfigMap(file, text);
    return { file, text, awsAuth: await readAwsAuth(data), placeOf: await findPlaces(file, text, data) };
  } catch (error) {
    if (error instanceof YamlTooLarge) throw new Refusal(diagnose('TAE022', { path: file, reason: error.message }));
    throw error;
  }
};
