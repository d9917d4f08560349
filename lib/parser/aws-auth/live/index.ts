export { readAwsAuth, type AwsAuth, type AwsAuthList, type AwsAuthRow, type ConfigMapData } from './aws-auth.ts';
export { readAwsAuthFile, type AwsAuthFile } from './read-aws-auth-file.ts';
export { readConfigMap } from './read-config-map.ts';
export { YamlTooLarge } from './yaml-value.ts';
