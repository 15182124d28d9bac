import {catalogue} from '../domain/findings/catalogue.js'
import type {CommandIndex, IndexedCommand} from './command-index.js'
import {helpText} from './help.js'

/** A page of the documentation, Markdown. */
export interface Page {
  /** Name of the file. */
  name: string
  text: string
}

const PROGRAM = 'kubectl sfl'

const made = (what: string): string => `<!-- Made from ${what} by the build; changes belong there. -->\n`

/** One page for every noun with the help of its commands, one for the commands without a noun, and an index. */
export const commandPages = (index: CommandIndex, nouns: Readonly<Record<string, string>>): Page[] => {
  const visible = Object.values(index.commands).filter(({hidden}) => hidden !== true)
  const top = [...new Set(visible.map(({id}) => id.split(':')).flatMap(([first, verb]) => (verb ? [first!] : [])))]
  const pages = top.sort().map((noun) => {
    const own = visible.filter(({id}) => id.startsWith(`${noun}:`))
    return {name: `${noun}.md`, text: page(`${PROGRAM} ${noun}`, `${nouns[noun] ?? noun}.`, own, index, nouns)}
  })
  const others = visible.filter(({id}) => !id.includes(':'))
  return [
    ...pages,
    {name: 'other.md', text: page('Other commands', 'Commands without a noun.', others, index, nouns)},
    {name: 'README.md', text: indexPage(visible)},
  ]
}

const page = (
  title: string,
  about: string,
  commands: readonly IndexedCommand[],
  index: CommandIndex,
  nouns: Readonly<Record<string, string>>,
): string =>
  [
    made('the commands'),
    `# ${title}\n`,
    `${about}\n`,
    ...commands.flatMap(({id}) => {
      const words = id.split(':')
      return [`## ${words.join(' ')}\n`, '```text', (helpText(index, nouns, words, PROGRAM) ?? '').trimEnd(), '```\n']
    }),
  ].join('\n')

/** GitHub's anchor of a heading. */
const anchor = (id: string): string => id.replaceAll(':', '-')

const indexPage = (commands: readonly IndexedCommand[]): string =>
  [
    made('the commands'),
    '# Commands\n',
    '| command | does |',
    '| --- | --- |',
    ...commands.map(({id, summary = ''}) => {
      const [noun] = id.split(':')
      const file = id.includes(':') ? `${noun}.md` : 'other.md'
      return `| [\`${id.replaceAll(':', ' ')}\`](${file}#${anchor(id)}) | ${summary.replaceAll('|', '\\|')} |`
    }),
    '',
  ].join('\n')

/** Every code of the catalogue with its story. */
export const findingsPage = (): string =>
  [
    made('the catalogue of findings'),
    '# Findings\n',
    'What `kubectl sfl` can find, by code. `kubectl sfl explain CODE` tells the same at the prompt.\n',
    ...Object.entries(catalogue)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([code, {level, title, means, behaviour, repair, documented}]) => [
        `## ${code}: ${title}\n`,
        `- Level: ${level}`,
        `- What it means: ${means}`,
        `- What the operators make of it: ${behaviour}`,
        `- How to repair it: ${repair}`,
        `- Where it is documented: ${documented}\n`,
      ]),
  ].join('\n')
