import type {Caller} from '../domain/core/commands.js'

/** What says which cluster, and as whom; credentials are never repeated. */
const repeated = [
  'kubeconfig',
  'context',
  'cluster',
  'user',
  'server',
  'certificate-authority',
  'tls-server-name',
  'as',
  'as-uid',
  'as-group',
]

/**
 * How the program is to be called to reach the same cluster: its name with the flags of this call that say where and
 * as whom, because a command that is recommended for one cluster must not be carried out on another. `own` are flags to
 * which the command gives another meaning, as `secret create-kafka-auth` does to --user.
 */
export const callerOf = (name: string, argv: readonly string[], own: readonly string[] = []): Caller => {
  const words: string[] = []
  for (const [index, token] of argv.entries()) {
    if (token === '--') break
    if (token === '--insecure-skip-tls-verify') words.push(token)
    const [flag, ...value] = token.split('=')
    if (!flag?.startsWith('--') || !repeated.includes(flag.slice(2)) || own.includes(flag.slice(2))) continue
    const given = value.length > 0 ? value.join('=') : argv[index + 1]
    if (given !== undefined) words.push(flag, given)
  }
  return {name, connection: words}
}
