import {createHash} from 'node:crypto'
import type {KubeObject} from '../../src/domain/core/object.js'
import {parseManifests} from '../../src/output/manifests.js'
import {newAuthority} from './certificates.js'
import {inDays} from './credentials.js'
import {aSandbox, type Scenario} from './run.js'
import {aSession, type Session} from './session.js'

/**
 * Pages of documentation that show commands with what they print. A page says in comments, which readers do not see, what
 * is there before it begins:
 *
 *     <!-- given: namespace=demo layout=openshift files=certificates -->
 *     <!-- objects:
 *     YAML of objects
 *     -->
 *
 * A block of the kind `yaml` with a name behind it (```yaml answers.yaml) is a file of that name beside the user.
 *
 * In blocks of the kind `console`, every line that begins with `$ ` and calls this program is run, one after the other,
 * and the lines below it are what came: stderr and stdout as a terminal mixes them, and the exit code unless it is 0.
 */
export const rerun = async (page: string): Promise<string> => {
  const session = await sessionFor(page)
  const parts = page.split(/^(```console\n[^]*?^```$)/m)
  const done: string[] = []
  for (const part of parts) done.push(part.startsWith('```console') ? await block(part, session) : part)
  return done.join('')
}

const block = async (text: string, session: Session): Promise<string> => {
  const lines: string[] = []
  for (const command of commandsIn(text)) {
    const written: string[] = []
    const {code} = await session.type(command, {
      onOut: (more) => void written.push(more),
      onErr: (more) => void written.push(more),
      runProgram: async () => 0,
    })
    const output = written.join('').replace(/\n+$/, '')
    lines.push(
      `$ ${command}`,
      ...(output === '' ? [] : output.split('\n')),
      ...(code === 0 ? [] : [`(exit code ${code})`]),
    )
  }
  return steady(['```console', ...lines, '```'].join('\n'))
}

/** The commands of a block; only those of this program can be run by a test. */
const commandsIn = (text: string): string[] => {
  const commands = text.split('\n').flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []))
  const strange = commands.find((command) => !/^(kubectl|kn) sfl( |$)/.test(command))
  if (strange !== undefined) throw new Error(`a console block runs only this program, not: ${strange}`)
  return commands
}

const sessionFor = async (page: string): Promise<Session> => {
  const given = new Map(
    [...page.matchAll(/<!-- given:([^>]*)-->/g)].flatMap(([, words = '']) =>
      words
        .trim()
        .split(/\s+/)
        .map((word): [string, string] => [word.split('=')[0] ?? '', word.split('=')[1] ?? '']),
    ),
  )
  const layout = layouts.find((one) => one === given.get('layout'))
  const scenario: Scenario = {
    namespace: given.get('namespace') ?? 'demo',
    answers: Array.from({length: 50}, () => true),
    sandbox: aSandbox({...(layout === undefined ? {} : {layout}), uid: steadyUid}),
    files: {...filesOf(page), ...(given.get('files') === 'certificates' ? await certificates() : {})},
    written: new Map(),
  }
  const session = aSession(scenario)
  const objects = [...page.matchAll(/<!-- objects:\n([^]*?)-->/g)].map(([, yaml = '']) => yaml)
  for (const yaml of objects) await session.given(...parseManifests(yaml, 'the page'))
  return session
}

const filesOf = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/^```yaml (\S+)\n([^]*?)^```$/gm)].map(([, name = '', text = '']) => [name, text]),
  )

const layouts = ['knative', 'openshift', 'operator'] as const

/** The files that the pages about credentials name. */
const certificates = async (): Promise<Record<string, string>> => {
  const validity = {notBefore: inDays(-30), notAfter: inDays(335)}
  const authority = await newAuthority('kafka-ca', validity)
  const {cert, key} = await authority.issue({commonName: 'orders', ...validity})
  return {'ca.crt': authority.cert, 'user.crt': cert, 'user.key': key, 'password.txt': 'correct horse battery staple\n'}
}

/** Names of triggers are made from uids, so a page needs the same ones every time. */
const steadyUid = ({kind, metadata: {namespace = '', name}}: KubeObject): string =>
  createHash('sha1')
    .update(`${kind} ${namespace} ${name}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

/** What no two runs share: the sizes of certificates, whose signatures differ by a byte or two. */
const steady = (text: string): string =>
  text.replace(
    /^( +(?:ca\.crt|user\.crt|user\.key) +)\d+( *)/gm,
    (_all, key: string, gap: string) => `${key}SIZE${gap.slice(1)}`,
  )
