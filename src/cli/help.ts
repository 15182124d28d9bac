import {suggestions} from '../domain/core/suggest.js'
import {wrapped} from '../output/wrapped.js'
import type {CommandIndex, IndexedCommand, IndexedFlag} from './command-index.js'
import {TOPICS} from './topics.js'

const GROUPS: ReadonlyArray<readonly [group: string | undefined, title: string]> = [
  [undefined, 'Flags'],
  ['FILTERS', 'Filter flags'],
  ['DELIVERY', 'Delivery flags'],
  ['KAFKA', 'Kafka flags'],
  ['DATABASE', 'Database flags'],
  ['EVENTING', 'Eventing flags'],
  ['POD', 'Pod flags'],
  ['CREDENTIALS', 'Credential flags'],
  ['OUTPUT', 'Output flags'],
  ['WRITE', 'Flags for changes'],
]

/** Help for a command, a noun, a topic such as `exit-codes`, or the whole program; undefined when there is no such thing. */
export const helpText = (
  index: CommandIndex,
  nouns: Readonly<Record<string, string>>,
  words: readonly string[],
  program: string,
): string | undefined => {
  const [first] = words
  if (first === undefined) return programHelp(index, nouns, program)
  if (words.length === 1 && first in TOPICS) return `${TOPICS[first]!.text.replaceAll('kubectl sfl', program)}\n`
  const command = index.commands[words.join(':')]
  if (command !== undefined) return commandHelp(command, program)
  return nounHelp(index, nouns, words, program)
}

/** Page for `options`: the flags that every command has. */
export const optionsText = (flags: readonly IndexedFlag[], program: string): string =>
  [`The following options can be passed to any command of ${program}:`, '', ...flagLines(flags)].join('\n') + '\n'

const programHelp = (index: CommandIndex, nouns: Readonly<Record<string, string>>, program: string): string => {
  const visible = Object.values(index.commands).filter(({hidden}) => hidden !== true)
  const top = visible.filter(({id}) => !id.includes(':')).map(({id, summary}) => [id, summary ?? ''] as const)
  const present = Object.entries(nouns).filter(
    ([noun]) => !noun.includes(':') && visible.some(({id}) => id.startsWith(`${noun}:`)),
  )
  return [
    'Knative brokers and SonataFlow platforms: what the operators will actually do, and why something does not work.',
    '',
    'Examples:',
    ...example(
      'Create a Kafka broker with a dead letter sink, and wait until it is ready',
      `${program} broker create orders --class Kafka --dl-sink ksvc:dead-letters --retry 5 --wait`,
    ),
    ...example(
      'See the brokers of all namespaces, and one of them in full',
      `${program} broker list -A -o wide`,
      `${program} broker describe orders`,
    ),
    ...example(
      'Rehearse against a cluster that lives in this process',
      `${program} sandbox run -- kubectl get brokers -A`,
    ),
    'Nouns:',
    ...aligned(present),
    '',
    'Other commands:',
    ...aligned(top),
    '',
    'Topics:',
    ...aligned(Object.entries(TOPICS).map(([name, {title}]) => [name, title] as const)),
    '',
    'Usage:',
    `  ${program} NOUN VERB [NAME] [flags]`,
    '',
    `Use "${program} NOUN --help" for the verbs of a noun, "${program} help TOPIC" for a topic.`,
    globalHint(program),
    '',
  ].join('\n')
}

const nounHelp = (
  index: CommandIndex,
  nouns: Readonly<Record<string, string>>,
  words: readonly string[],
  program: string,
): string | undefined => {
  const prefix = `${words.join(':')}:`
  const commands = Object.values(index.commands).filter(({id, hidden}) => hidden !== true && id.startsWith(prefix))
  if (commands.length === 0) return undefined
  const path = words.join(' ')
  // The nouns below this one have pages, and examples, of their own.
  const direct = commands.filter(({id}) => !id.slice(prefix.length).includes(':'))
  const shown = direct.length > 0 ? direct : commands
  const [withExample] = shown.flatMap(({examples = []}) => examples)
  return [
    `${nouns[words.join(':')] ?? path}.`,
    '',
    ...(withExample === undefined
      ? []
      : [
          'Examples:',
          ...examplesOf(
            shown.flatMap(({examples = []}) => examples.slice(0, 1)),
            program,
          ),
        ]),
    'Commands:',
    ...aligned(commands.map(({id, summary = ''}) => [id.slice(prefix.length).replaceAll(':', ' '), summary] as const)),
    '',
    'Usage:',
    `  ${program} ${path} COMMAND [flags]`,
    '',
    `Use "${program} ${path} COMMAND --help" for more about a command.`,
    globalHint(program),
    '',
  ].join('\n')
}

const commandHelp = (command: IndexedCommand, program: string): string => {
  const flags = Object.values(command.flags).filter(({hidden}) => hidden !== true)
  const groups = GROUPS.flatMap(([group, title]) => {
    const own = flags.filter(({helpGroup}) => helpGroup === group)
    return own.length === 0 ? [] : [`${title}:`, ...flagLines(own), '']
  })
  return [
    command.summary ?? '',
    '',
    ...(command.description === undefined
      ? []
      : [...wrapped(command.description.replaceAll('kubectl sfl', program), COLUMNS), '']),
    ...(command.examples === undefined || command.examples.length === 0
      ? []
      : ['Examples:', ...examplesOf(command.examples, program)]),
    'Usage:',
    `  ${usageOf(command, program)}`,
    '',
    ...groups,
    globalHint(program),
    '',
  ].join('\n')
}

/** `kubectl sfl broker delete NAME... [flags]` */
export const usageOf = (command: IndexedCommand, program: string): string => {
  const own = typeof command.usage === 'string' ? command.usage : command.usage?.[0]
  if (own !== undefined) return `${program} ${own}`
  const args = Object.values(command.args)
    .filter(({hidden}) => hidden !== true)
    .map(({name, required, multiple}) => {
      const word = `${name.replace(/s$/, '').toUpperCase()}${multiple ? '...' : ''}`
      return required === false ? `[${word}]` : word
    })
  return [program, ...command.id.split(':'), ...args, '[flags]'].join(' ')
}

const examplesOf = (
  examples: ReadonlyArray<string | {description: string; command: string}>,
  program: string,
): string[] =>
  examples.flatMap((item) => {
    const {description, command} = typeof item === 'string' ? {description: '', command: item} : item
    return example(description, ...command.replaceAll('<%= config.bin %>', program).split('\n'))
  })

const example = (description: string, ...commands: string[]): string[] => [
  ...(description === '' ? [] : [`  # ${description}`]),
  ...commands.map((command) => `  ${command}`),
  '',
]

const flagLines = (flags: readonly IndexedFlag[]): string[] =>
  aligned(
    [...flags]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((flag) => {
        const value =
          flag.type === 'option'
            ? ` ${Array.isArray(flag.helpValue) ? flag.helpValue[0]! : (flag.helpValue ?? 'VALUE')}`
            : ''
        const name = `${flag.char === undefined ? '   ' : `-${flag.char},`} --${flag.allowNo ? '[no-]' : ''}${flag.name}${value}`
        return [name, flag.summary ?? ''] as const
      }),
  )

const aligned = (rows: ReadonlyArray<readonly [left: string, right: string]>): string[] => {
  const width = Math.max(0, ...rows.map(([left]) => left.length))
  const indent = ' '.repeat(width + 5)
  return rows.flatMap(([left, right]) =>
    wrapped(right, COLUMNS - indent.length).map((line, index) =>
      `${index === 0 ? `  ${left.padEnd(width)}   ` : indent}${line}`.trimEnd(),
    ),
  )
}

/** Width of the pages; commands in examples are left in one piece, to be pasted. */
const COLUMNS = 120

const globalHint = (program: string): string =>
  `Use "${program} options" for a list of global command-line options (applies to all commands).`

/** What the user may have meant: the nearest word, or the noun and verb in their right order. */
export const didYouMean = (words: readonly string[], ids: readonly string[], program: string): string | undefined => {
  const sentence = (id: string): string => `${program} ${id.replaceAll(':', ' ')}`
  const verbs: Readonly<Record<string, string>> = {
    get: 'list',
    add: 'create',
    new: 'create',
    remove: 'delete',
    show: 'describe',
    edit: 'update',
    set: 'update',
    patch: 'update',
  }
  const swap = (verb: string, noun: string): string => `${noun.replace(/s$/, '')}:${verbs[verb] ?? verb}`
  const [a = '', b = '', c = ''] = words
  const candidates = [swap(a, b), swap(b, a), `${a.replace(/s$/, '')}:${verbs[b] ?? b}`]
  const direct = candidates.find((id) => ids.includes(id))
  if (direct !== undefined) return sentence(direct)
  // A verb without its noun.
  const verb = b === '' ? ids.find((id) => id.endsWith(`:${verbs[a] ?? a}`)) : undefined
  if (verb !== undefined) return sentence(verb)
  const typed = [a, b, c].filter(Boolean)
  for (const length of [typed.length, 2, 1]) {
    const spoken = typed.slice(0, length).join(' ')
    const pool = [...new Set(ids.map((id) => id.split(':').slice(0, length).join(' ')))]
    const close = suggestions(spoken, pool)[0]
    // The noun alone was right already; it is the rest that nobody knows.
    if (close !== undefined && close !== a) return `${program} ${close}`
  }
  return undefined
}
