import { describe, expect, test } from '@jest/globals';
import { mergeConfigs, parseConfigFile } from '../../lib/config/index.ts';
import { Refusal } from '../../lib/diagnostics/index.ts';

const near = 'prod/tf-access-entries.config.json';
const far = 'tf-access-entries.config.json';

const merged = (nearest: object, further: object) =>
  mergeConfigs([parseConfigFile(near, JSON.stringify(nearest)), parseConfigFile(far, JSON.stringify(further))]);

const drop = (principal: string, reason = 'r') => ({ principal, reason });

const refused = (): unknown => merged({ principals: { b: { key: 'x' } } }, { principals: { a: { key: 'x' } } });

describe('configs of one root module, the nearest first', () => {
  test('a value is that of the nearest that has one', () => {
    const further = { clusterName: 'all', ssoRegion: 'eu-west-1', emit: 'resources' };
    expect(merged({ clusterName: 'prod' }, further)).toEqual({ ...further, clusterName: 'prod' });
  });

  test('lists are joined, the nearest first, since the first that fits decides', () => {
    const { drop: both } = merged({ drop: [drop('a', 'near')] }, { drop: [drop('b'), drop('a', 'far')] });
    expect(both?.map(({ principal, reason }) => `${principal} ${reason}`)).toEqual(['a near', 'b r', 'a far']);
  });

  test('of a principal, a group or a call the nearest decides all', () => {
    const further = {
      principals: { 'local.a': { key: 'a', policies: ['AmazonEKSViewPolicy'] }, 'local.b': { key: 'b' } },
      groups: { 'system:a': { drop: true } },
      pair: { 'module.auth': 'module.blue' },
    };
    expect(
      merged({ principals: { 'local.a': { key: 'c' } }, groups: { 'system:a': { group: 'x' } } }, further),
    ).toEqual({
      principals: { 'local.a': { key: 'c' }, 'local.b': { key: 'b' } },
      groups: { 'system:a': { group: 'x' } },
      pair: { 'module.auth': 'module.blue' },
    });
  });

  test('what is not there is not there', () => {
    expect(merged({}, {})).toEqual({});
  });

  test('a key that two principals of two files have is an error of the nearest', () => {
    expect(refused).toThrow(Refusal);
    try {
      refused();
    } catch (error) {
      expect((error as Refusal).diagnostics).toMatchObject([
        { code: 'TAE102', message: expect.stringContaining('is the key of a, too'), range: { file: near } },
      ]);
    }
  });
});
