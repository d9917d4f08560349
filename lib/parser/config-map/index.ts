export { readAwsAuth, type AwsAuth, type AwsAuthRow, type ConfigMapData } from './aws-auth.ts';
export { readConfigMap } from './read-config-map.ts';
export { YamlTooLarge } from './yaml-value.ts';
