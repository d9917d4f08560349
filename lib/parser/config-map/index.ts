export { readAwsAuth, type AwsAuth, type AwsAuthRow, type ConfigMapData } from './aws-auth.ts';
export { YamlTooLarge } from './yaml-value.ts';
