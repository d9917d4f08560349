import { describe, expect, test } from '@jest/globals';
import {
  impliedGroup,
  isNodeGroup,
  isNodeUsername,
  mastersGroup,
  reservedPrefix,
  templatesIn,
  usernameProblem,
} from '../../lib/eks/reserved.ts';

test('reservedPrefix', () => {
  expect(['system:masters', 'eks:a', 'aws:a', 'amazon:a', 'iam:a'].map(reservedPrefix)).toEqual([
    'system:',
    'eks:',
    'aws:',
    'amazon:',
    'iam:',
  ]);
  // Measured: "sts:" and a word without its colon are allowed.
  for (const text of ['sts:a', 'system', 'systems:a', 'my-system:a', 'eks-admins', '']) {
    expect(reservedPrefix(text)).toBeUndefined();
  }
});

describe('usernameProblem', () => {
  test.each([
    'jane',
    'jane@example.com',
    'sts:jane',
    // The examples of https://docs.aws.amazon.com/eks/latest/userguide/set-custom-username.html
    ':john{{SessionName}}',
    'jo:hn{{SessionName}}',
    'admin:{{SessionNameRaw}}',
    'a:{{SessionName}}{{SessionName}}',
    'arn:aws:sts::111122223333:assumed-role/Admin/{{SessionName}}',
  ])('%s', text => {
    expect(usernameProblem(text)).toBeUndefined();
  });

  test.each([
    ['', 'is empty'],
    ['system:node:{{EC2PrivateDNSName}}', 'begins with the reserved prefix system:'],
    ['aws:jane', 'begins with the reserved prefix aws:'],
    ['{{SessionName}}', 'has {{SessionName}} without a colon before it'],
    ['john{{SessionName}}', 'has {{SessionName}} without a colon before it'],
    ['{{SessionNameRaw}}:a', 'has {{SessionNameRaw}} without a colon before it'],
    ['{{SessionName}}:{{SessionName}}', 'has {{SessionName}} without a colon before it'],
    [
      'n:{{EC2PrivateDNSName}}',
      'has the template {{EC2PrivateDNSName}}, and nothing says that an access entry fills it in',
    ],
    [
      '{{AccountID}}:{{SessionName}}',
      'has the template {{AccountID}}, and nothing says that an access entry fills it in',
    ],
    ['a:{{AccessKeyID}}', 'has the template {{AccessKeyID}}, and nothing says that an access entry fills it in'],
  ])('%s %s', (text, problem) => {
    expect(usernameProblem(text)).toBe(problem);
  });
});

test('templatesIn', () => {
  expect(templatesIn('a:{{SessionName}}-{{AccountID}}')).toEqual(['{{SessionName}}', '{{AccountID}}']);
  expect(templatesIn('a:{SessionName}')).toEqual([]);
});

test('node rows', () => {
  const groups = ['system:bootstrappers', 'system:nodes', 'system:node-proxier', 'eks:kube-proxy-windows'];
  expect(groups.every(isNodeGroup)).toBe(true);
  expect([mastersGroup, impliedGroup, 'nodes'].some(isNodeGroup)).toBe(false);
  expect(['system:node:{{EC2PrivateDNSName}}', 'system:node:{{SessionName}}'].every(isNodeUsername)).toBe(true);
  expect(isNodeUsername('system:node:{{AccountID}}')).toBe(false);
});
