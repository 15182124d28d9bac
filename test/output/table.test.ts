import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {drawByCliTable, drawByPadding, ROWS_BY_CLI_TABLE} from '../../src/output/table-drawing.js'
import {formatTable, tableWriter, type Column} from '../../src/output/table.js'

const columnsOf = (...headers: string[]): Column<readonly string[]>[] =>
  headers.map((header, index) => ({header, cell: (row) => row[index] ?? ''}))

const BROKERS = columnsOf('NAME', 'URL', 'AGE', 'CONDITIONS', 'READY', 'REASON')

describe('lists have the layout of kn and kubectl', () => {
  test('one ready broker', () => {
    const url = 'http://broker-ingress.knative-eventing.svc.cluster.local/test/default'
    expect(formatTable(BROKERS, [['default', url, '45s', '5 OK / 5', 'True', '']])).toBe(
      [
        'NAME      URL                                                                     AGE   CONDITIONS   READY   REASON',
        'default   http://broker-ingress.knative-eventing.svc.cluster.local/test/default   45s   5 OK / 5     True',
        '',
      ].join('\n'),
    )
  })

  test('several namespaces, one broken and one fresh broker', () => {
    const reason = 'ChannelTemplateFailed : Error on setting up the ChannelTemplate: configmaps not found'
    expect(
      formatTable(columnsOf('NAMESPACE', 'NAME', 'URL', 'AGE', 'CONDITIONS', 'READY', 'REASON'), [
        ['default', 'b1', 'http://h/default/b1', '45s', '5 OK / 5', 'True', ''],
        ['prod', 'b2', '', '3d4h', '2 OK / 5', 'False', reason],
        ['x', 'fresh', '', '<unknown>', '0 OK / 0', '<unknown>', '<unknown>'],
      ]),
    ).toBe(
      [
        'NAMESPACE   NAME    URL                   AGE         CONDITIONS   READY       REASON',
        'default     b1      http://h/default/b1   45s         5 OK / 5     True',
        `prod        b2                            3d4h        2 OK / 5     False       ${reason}`,
        'x           fresh                         <unknown>   0 OK / 0     <unknown>   <unknown>',
        '',
      ].join('\n'),
    )
  })

  test('triggers with short cells keep three blanks, and no column is narrower than six', () => {
    expect(
      formatTable(columnsOf('NAME', 'BROKER', 'A', 'AGE'), [
        ['email', 'default', 'x', '4s'],
        ['ping', 'default', 'y', '32s'],
      ]),
    ).toBe('NAME    BROKER    A     AGE\nemail   default   x     4s\nping    default   y     32s\n')
  })

  test('without headers the widths come from the rows alone', () => {
    expect(formatTable(columnsOf('A LONG HEADER', 'B'), [['a', 'b']], {headers: false})).toBe('a     b\n')
  })

  test('an empty list prints nothing', () => expect(formatTable(BROKERS, [])).toBe(''))
})

test('wide characters take two cells, so columns stay aligned in a terminal', () => {
  expect(
    formatTable(columnsOf('NAME', 'MESSAGE'), [
      ['注文ブローカー', 'x'],
      ['orders', 'y'],
    ]),
  ).toBe('NAME             MESSAGE\n注文ブローカー   x\norders           y\n')
})

test('a message cannot break the table or move the cursor', () => {
  expect(formatTable(columnsOf('NAME', 'REASON', 'X'), [['a', 'one\ntwo\tthree\r\nfour', '\u001b[2Jend']])).toBe(
    'NAME   REASON               X\na      one two three four   ^[[2Jend\n',
  )
})

test('colour does not count as width', () => {
  const columns: Column<string>[] = [
    {header: 'READY', cell: (text) => text, paint: (text) => `\u001b[32m${text}\u001b[39m`},
    {header: 'X', cell: () => 'x'},
  ]
  expect(formatTable(columns, ['True'])).toBe('READY   X\n\u001b[32mTrue\u001b[39m    x\n')
})

test('pages are printed as they arrive, the header once, and columns only become wider', () => {
  const writer = tableWriter(columnsOf('NAME', 'AGE'), {headers: true})
  expect(writer.page([])).toBe('')
  expect(writer.page([['orders', '1s']])).toBe('NAME     AGE\norders   1s\n')
  expect(writer.page([['a-long-name', '2s']])).toBe('a-long-name   2s\n')
  expect(writer.page([['b', '3s']])).toBe('b             3s\n')
  expect(writer.end()).toBe('')
})

const cells = fc.oneof(
  fc.string({unit: 'grapheme-ascii', maxLength: 20}),
  fc.string({unit: 'grapheme', maxLength: 8}),
  fc.constantFrom('', '注文', '🚀', 'é', ' '),
)

test('both ways of drawing give the same text', () => {
  const table = fc.integer({min: 1, max: 5}).chain((width) =>
    fc.record({
      rows: fc.array(fc.array(cells, {minLength: width, maxLength: width}), {minLength: 1, maxLength: 4}),
      painted: fc.boolean(),
    }),
  )
  fc.assert(
    fc.property(table, ({rows, painted}) => {
      const columns: Column<readonly string[]>[] = rows[0]!.map((_, index) => ({
        header: `H${index}`,
        cell: (row) => row[index]!,
        ...(painted && {paint: (text: string) => `\u001b[31m${text}\u001b[39m`}),
      }))
      const copies = Math.ceil((ROWS_BY_CLI_TABLE + 1) / rows.length)
      const many = Array.from({length: copies}, () => rows).flat()
      // The same rows, few enough for cli-table3 on each page, and too many for it in one.
      const writer = tableWriter(columns, {headers: false})
      writer.page(rows)
      const short = Array.from({length: copies}, () => writer.page(rows)).join('')
      expect(short).toBe(formatTable(columns, many, {headers: false}))
    }),
    {numRuns: 60},
  )
})

test('both drawings trim the blanks at line ends and keep rows that are empty', () => {
  const rows = [
    ['a', ''],
    ['', ''],
    ['', 'b'],
  ]
  expect(drawByCliTable(rows, [6, 1])).toBe('a\n\n      b\n')
  expect(drawByPadding(rows, [6, 1])).toBe('a\n\n      b\n')
})
