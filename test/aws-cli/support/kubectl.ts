import { jsonOf, textOf, type Call } from './call.ts';
import type { LiveCluster } from './live-cluster.ts';

/** What `kubectl` prints: the server, the ConfigMap, a part of it; `patch` empties it. */
export const kubectl = (call: Call, cluster: LiveCluster): string => {
  const output = textOf(call, 'output') ?? '';
  switch (call.words[0]) {
    case 'config':
      return cluster.server;
    case 'api-resources':
      return `${(cluster.resources ?? []).join('\n')}\n`;
    case 'get': {
      const kind = call.words[1] ?? '';
      if (kind === 'nodes') return cluster.nodes ?? '';
      if (kind === 'deployments') return cluster.karpenter ?? '';
      if (kind !== 'configmap') return JSON.stringify({ kind: 'List', items: cluster.objects ?? [] });
      const [, list = ''] = /^jsonpath=\{\.data\.(\w+)\}$/.exec(output) ?? [];
      if (list !== '') return cluster.configMap[list] ?? '';
      const metadata = 'metadata:\n  name: aws-auth\n  resourceVersion: "7"\n  uid: 1\n';
      return `apiVersion: v1\ndata: ${JSON.stringify(cluster.configMap)}\nkind: ConfigMap\n${metadata}`;
    }
    default:
      if (JSON.stringify(jsonOf(call, 'patch')) !== '{"data":null}') throw new Error('no such patch');
      cluster.configMap = {};
      return 'configmap/aws-auth patched\n';
  }
};
