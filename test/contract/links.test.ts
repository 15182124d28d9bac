import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {describe, expect, test} from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const pagesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))

/** Without blocks of code, in which nothing is a heading or a link. */
const prose = (markdown: string): string => markdown.replace(/^```[^]*?^```$/gm, '')

interface Heading {
  section?: string
  title: string
  anchor: string
}

/** Headings with the anchors that GitHub gives them: the second of the same text has -1 at its end. */
const headingsOf = (markdown: string): Heading[] => {
  const seen = new Map<string, number>()
  return [...prose(markdown).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => {
    const plain = text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '')
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    const [, section, title = plain] = /^(\d+(?:\.\d+)+) (.*)$/.exec(plain) ?? []
    return {title, anchor: times === 0 ? slug : `${slug}-${times}`, ...(section === undefined ? {} : {section})}
  })
}

test('headings get the anchors that GitHub gives them', () => {
  expect(headingsOf('# 5.3.4.2.1 Job-based `x` way\n## What, and why?\n```\n# no\n```\n## What, and why?\n')).toEqual([
    {section: '5.3.4.2.1', title: 'Job-based x way', anchor: '53421-job-based-x-way'},
    {title: 'What, and why?', anchor: 'what-and-why'},
    {title: 'What, and why?', anchor: 'what-and-why-1'},
  ])
})

/** What is wrong with the relative links of a page. */
const brokenLinks = (path: string): string[] =>
  [...prose(read(path)).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return []
    const [file = '', anchor] = target.split('#')
    const found = file === '' ? path : join(dirname(path), file)
    if (!existsSync(join(root, found))) return [`${target}: no such file`]
    if (anchor === undefined) return []
    if (statSync(join(root, found)).isDirectory()) return [`${target}: a folder has no anchors`]
    return headingsOf(read(found)).some((heading) => heading.anchor === anchor) ? [] : [`${target}: no such heading`]
  })

describe('every link leads somewhere', () => {
  test.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pagesBelow('docs')])('%s', (path) => {
    expect(brokenLinks(path)).toEqual([])
  })
})

/** The sections of the two documents, in their order. */
const SECTIONS = [
  ...['5.3', '5.3.1', '5.3.2', '5.3.3'],
  ...['5.3.4', '5.3.4.1', '5.3.4.2', '5.3.4.2.1', '5.3.4.2.2', '5.3.4.2.3', '5.3.4.3', '5.3.4.4', '5.3.4.5'],
  ...['5.3.5', '5.3.5.1', '5.3.5.2', '5.3.5.3', '5.3.5.4', '5.3.5.5', '5.3.5.6', '5.3.5.7', '5.3.6', '5.3.7'],
  ...['5.4', '5.4.1', '5.4.2', '5.4.2.1', '5.4.2.2'],
  ...['5.4.3', '5.4.3.1', '5.4.3.2', '5.4.3.3', '5.4.3.4', '5.4.3.5', '5.4.3.6', '5.4.3.7', '5.4.3.8'],
  ...['5.4.4', '5.4.5', '5.4.6', '5.4.6.1', '5.4.6.1.1', '5.4.6.1.2', '5.4.6.2'],
  ...['5.4.6.3', '5.4.6.3.1', '5.4.6.3.2', '5.4.6.4', '5.4.7', '5.4.7.1', '5.4.7.2'],
  ...['5.4.8', '5.4.8.1', '5.4.8.1.1', '5.4.8.2', '5.4.8.3', '5.4.8.4'],
]

/** In the documents they have nothing but links. */
const WITHOUT_WORK = ['5.4.3.8', '5.4.6.4']

describe('the index of the documented workflows', () => {
  const rows = [...read('docs/README.md').matchAll(/^\| (5\.[\d.]+) +\| (.*?) +\|$/gm)].map(
    ([, section = '', cell = '']) => ({section, cell}),
  )
  const pages = pagesBelow('docs/workflows')

  test('has every section of the two documents, in their order', () => {
    expect(rows.map(({section}) => section)).toEqual(SECTIONS)
    expect(rows.filter(({cell}) => cell.endsWith('no work')).map(({section}) => section)).toEqual(WITHOUT_WORK)
  })

  test.each(rows.filter(({section}) => !WITHOUT_WORK.includes(section)))(
    'leads from $section to the heading of that number and title',
    ({section, cell}) => {
      const [, title = '', file = '', anchor] = /^\[(.*)\]\(([^)#]+)(?:#(.*))?\)$/.exec(cell) ?? []
      const headings = headingsOf(read(join('docs', file)))
      const heading = anchor === undefined ? headings[0] : headings.find((one) => one.anchor === anchor)
      expect(heading).toMatchObject({section, title})
    },
  )

  test('has every page, each under the number at the beginning of its name', () => {
    const linked = rows.flatMap(({section, cell}) => {
      const name = /\(workflows\/([^)#]+)/.exec(cell)?.[1] ?? ''
      return name.startsWith(`${section}-`) ? [name] : []
    })
    const names = pages.map((page) => relative('docs/workflows', page))
    expect(linked.toSorted()).toEqual(names.toSorted())
  })
})

describe('every page of a workflow', () => {
  test.each(pagesBelow('docs/workflows'))(
    '%s says what is done by hand, and shows a command with its output',
    (page) => {
      const text = read(page)
      expect(text).toMatch(/\bby hand\b/i)
      expect(text).toMatch(/^```console\n\$ (kubectl|kn) sfl .*\n(?!\$|```)/m)
    },
  )
})
