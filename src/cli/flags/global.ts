import * as Flags from '@oclif/core/flags'
import {duration} from './duration.js'

const helpGroup = 'GLOBAL'

/**
 * Flags of every command, shown by `options`. kubectl's first; kn's own globals are accepted because kn hands them on
 * to its plugins wherever they stood on the line.
 */
export const globalFlags = {
  namespace: Flags.string({
    char: 'n',
    helpGroup,
    helpValue: 'NAMESPACE',
    summary: 'Namespace to work in; left out, the one of the kubeconfig context.',
  }),
  kubeconfig: Flags.string({helpGroup, helpValue: 'FILE', summary: 'Kubeconfig file to use instead of $KUBECONFIG.'}),
  context: Flags.string({helpGroup, helpValue: 'NAME', summary: 'Kubeconfig context to use.'}),
  cluster: Flags.string({helpGroup, helpValue: 'NAME', summary: 'Kubeconfig cluster to use.'}),
  user: Flags.string({helpGroup, helpValue: 'NAME', summary: 'Kubeconfig user to use.'}),
  server: Flags.string({helpGroup, helpValue: 'URL', summary: 'Address of the Kubernetes API server.'}),
  token: Flags.string({helpGroup, helpValue: 'TOKEN', summary: 'Bearer token for the API server.'}),
  'tls-server-name': Flags.string({helpGroup, helpValue: 'NAME', summary: 'Name to check the server certificate for.'}),
  'insecure-skip-tls-verify': Flags.boolean({helpGroup, summary: 'Do not check the server certificate.'}),
  'certificate-authority': Flags.string({helpGroup, helpValue: 'FILE', summary: 'CA certificate of the server.'}),
  'client-certificate': Flags.string({helpGroup, helpValue: 'FILE', summary: 'Client certificate for TLS.'}),
  'client-key': Flags.string({helpGroup, helpValue: 'FILE', summary: 'Client key for TLS.'}),
  as: Flags.string({helpGroup, helpValue: 'USER', summary: 'User to impersonate.'}),
  'as-uid': Flags.string({helpGroup, helpValue: 'UID', summary: 'UID to impersonate.'}),
  'as-group': Flags.string({
    helpGroup,
    helpValue: 'GROUP',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Group to impersonate (repeatable).',
  }),
  'as-user-extra': Flags.string({
    helpGroup,
    helpValue: 'KEY=VALUE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Extra field of the impersonated user (repeatable).',
  }),
  'request-timeout': duration({
    helpGroup,
    summary: 'How long one request may take (30s, 2m); 0 means no limit.',
  }),
  v: Flags.integer({
    char: 'v',
    helpGroup,
    helpValue: 'LEVEL',
    min: 0,
    max: 10,
    summary: 'Log requests on stderr: 6 the URLs, 7 headers, 8 bodies, 9 whole bodies. Credentials are masked.',
  }),
  'log-http': Flags.boolean({
    helpGroup,
    allowNo: true,
    summary: 'Log requests and answers; alias of -v 8 (kn compatible).',
  }),
  color: Flags.string({
    helpGroup,
    helpValue: 'WHEN',
    options: ['auto', 'always', 'never'],
    summary: 'When to use colour; auto is on terminals only.',
  }),
  'no-input': Flags.boolean({helpGroup, summary: 'Never ask; a missing answer is an error.'}),
  'warnings-as-errors': Flags.boolean({helpGroup, summary: 'Exit 1 when the server sent a warning.'}),
  config: Flags.string({
    helpGroup,
    hidden: true,
    helpValue: 'FILE',
    summary: "kn's configuration file; not used here.",
  }),
  'plugins-dir': Flags.string({helpGroup, hidden: true, helpValue: 'DIR', summary: "kn's plugins; not used here."}),
}

export interface GlobalFlagValues {
  namespace?: string | undefined
  kubeconfig?: string | undefined
  context?: string | undefined
  cluster?: string | undefined
  user?: string | undefined
  server?: string | undefined
  token?: string | undefined
  'tls-server-name'?: string | undefined
  'insecure-skip-tls-verify'?: boolean | undefined
  'certificate-authority'?: string | undefined
  'client-certificate'?: string | undefined
  'client-key'?: string | undefined
  as?: string | undefined
  'as-uid'?: string | undefined
  'as-group'?: string[] | undefined
  'as-user-extra'?: string[] | undefined
  'request-timeout'?: number | undefined
  v?: number | undefined
  'log-http'?: boolean | undefined
  'warnings-as-errors'?: boolean | undefined
}
