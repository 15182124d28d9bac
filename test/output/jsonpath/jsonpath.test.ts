import {describe, expect, test} from 'vitest'
import {ExitCode, SflError} from '../../../src/domain/core/errors.js'
import {compileJsonPath, relaxJsonPath} from '../../../src/output/jsonpath/jsonpath.js'

const failure = (run: () => unknown): Pick<SflError, 'reason' | 'message' | 'exitCode' | 'hint'> => {
  try {
    run()
  } catch (error) {
    if (error instanceof SflError) {
      return {reason: error.reason, message: error.message, exitCode: error.exitCode, hint: error.hint}
    }
    throw error
  }
  throw new Error('nothing failed')
}

const messageOf = (template: string, data: unknown, allowMissingKeys = true): string =>
  failure(() => compileJsonPath(template, {allowMissingKeys}).text(data)).message.replace(/^.*": /, '')

// The tables below restate the expressions of k8s.io/client-go util/jsonpath/jsonpath_test.go.

const types = {
  bools: [true, false, true, false],
  integers: [1, 2, 3, 4],
  floats: [1.0, 2.2, 3.3, 4.0],
  strings: ['one', 'two', 'three', 'four'],
  interfaces: [true, 'one', 1, 1.1],
  maps: [
    {name: 'one', value: 1},
    {name: 'two', value: 2.02},
    {name: 'three', value: 3.03},
    {name: 'four', value: 4.04},
  ],
}

describe('lists of every type', () => {
  test.each([
    ['{ .bools }', '[true,false,true,false]'],
    ['{ .bools[0] }', 'true'],
    ['{ .bools[-1] }', 'false'],
    ['{ .bools[0:2] }', 'true false'],
    ['{ .bools[:2] }', 'true false'],
    ['{ .bools[:4:2] }', 'true true'],
    ['{ .integers }', '[1,2,3,4]'],
    ['{ .integers[0] }', '1'],
    ['{ .integers[-2] }', '3'],
    ['{ .integers[0:2] }', '1 2'],
    ['{ .integers[:2] }', '1 2'],
    ['{ .integers[:4:2] }', '1 3'],
    ['{ .floats }', '[1,2.2,3.3,4]'],
    ['{ .floats[0] }', '1'],
    ['{ .floats[-2] }', '3.3'],
    ['{ .floats[0:2] }', '1 2.2'],
    ['{ .floats[:2] }', '1 2.2'],
    ['{ .floats[:4:2] }', '1 3.3'],
    ['{ .strings }', '["one","two","three","four"]'],
    ['{ .strings[0] }', 'one'],
    ['{ .strings[-2] }', 'three'],
    ['{ .strings[0:2] }', 'one two'],
    ['{ .strings[:2] }', 'one two'],
    ['{ .strings[:4:2] }', 'one three'],
    ['{ .interfaces }', '[true,"one",1,1.1]'],
    ['{ .interfaces[0] }', 'true'],
    ['{ .interfaces[-2] }', '1'],
    ['{ .interfaces[0:2] }', 'true one'],
    ['{ .interfaces[:2] }', 'true one'],
    ['{ .interfaces[:4:2] }', 'true 1'],
    [
      '{ .maps }',
      '[{"name":"one","value":1},{"name":"two","value":2.02},{"name":"three","value":3.03},{"name":"four","value":4.04}]',
    ],
    ['{ .maps[0] }', '{"name":"one","value":1}'],
    ['{ .maps[-2] }', '{"name":"three","value":3.03}'],
    ['{ .maps[0:2] }', '{"name":"one","value":1} {"name":"two","value":2.02}'],
    ['{ .maps[:2] }', '{"name":"one","value":1} {"name":"two","value":2.02}'],
    ['{ .maps[::2] }', '{"name":"one","value":1} {"name":"three","value":3.03}'],
    ['{ .maps[1::2] }', '{"name":"two","value":2.02} {"name":"four","value":4.04}'],
  ])('%s', (template, text) => expect(compileJsonPath(template, {allowMissingKeys: false}).text(types)).toBe(text))
})

const store = {
  Book: [
    {Category: 'reference', Author: 'Nigel Rees', Title: 'Sayings of the Centurey', Price: 8.95},
    {Category: 'fiction', Author: 'Evelyn Waugh', Title: 'Sword of Honour', Price: 12.99},
    {Category: 'fiction', Author: 'Herman Melville', Title: 'Moby Dick', Price: 8.99},
  ],
  Bicycle: [
    {Color: 'red', Price: 19.95, IsNew: true},
    {Color: 'green', Price: 20.01, IsNew: false},
  ],
  Name: 'jsonpath',
  Labels: {engieer: 10, 'web/html': 15, 'k8s-app': 20},
  Employees: {jason: 'manager', dan: 'clerk'},
}
const mobyDick = '{"Author":"Herman Melville","Category":"fiction","Price":8.99,"Title":"Moby Dick"}'

describe('a store, with errors where a key is missing', () => {
  test.each<[string, unknown, string]>([
    ['hello jsonpath', null, 'hello jsonpath'],
    ['{..}', [1, 2, 3], '[1,2,3]'],
    ['{[?(@<5)]}', [2, 6, 3, 7], '2 3'],
    ['{"{"}', null, '{'],
    ['{[1,3,4]}', [0, 1, 2, 3, 4], '1 3 4'],
    ['{[0:2]}', ['Monday', 'Tudesday'], 'Monday Tudesday'],
    ['hello {.Name}', store, 'hello jsonpath'],
    ['{$.Labels.web/html}', store, '15'],
    ['{$.Employees.jason}', store, 'manager'],
    ['{$.Employees.dan}', store, 'clerk'],
    ['{.Labels.k8s-app}', store, '20'],
    ['{.Bicycle[*].Color}', store, 'red green'],
    ['{.Book[*].Author}', store, 'Nigel Rees Evelyn Waugh Herman Melville'],
    ['{range .Bicycle[*]}{ "{" }{ @.* }{ "} " }{end}', store, '{red 19.95 true} {green 20.01 false} '],
    ['{..Price}', store, '8.95 12.99 8.99 19.95 20.01'],
    ['{...Price}', store, '8.95 12.99 8.99 19.95 20.01'],
    ['{.Bicycle}', store, '[{"Color":"red","IsNew":true,"Price":19.95},{"Color":"green","IsNew":false,"Price":20.01}]'],
    [
      '{range .Bicycle[*]}{ @ }{ " " }{end}',
      store,
      '{"Color":"red","IsNew":true,"Price":19.95} {"Color":"green","IsNew":false,"Price":20.01} ',
    ],
    ['{.Book[-1:]}', store, mobyDick],
    ['{..Book[2]}', store, mobyDick],
    ['{.Bicycle[?(@.IsNew==true)]}', store, '{"Color":"red","IsNew":true,"Price":19.95}'],
  ])('%s', (template, data, text) => expect(compileJsonPath(template, {allowMissingKeys: false}).text(data)).toBe(text))

  test.each([
    ['{.hello}', ''],
    ['before-{.hello}after', 'before-after'],
  ])('%s is nothing where missing keys are allowed, as by default', (template, text) =>
    expect(compileJsonPath(template).text(store)).toBe(text),
  )

  test.each([
    ['{.hello}', 'hello is not found'],
    ['{.Labels[0]}', 'map[string]interface {} is not array or slice'],
    ['{.Name[0]}', 'string is not array or slice'],
    ['{.Labels[?(@.a)]}', 'map[string]interface {} is not array or slice and cannot be filtered'],
    ['{.Book[?(@.Title==1)]}', 'incompatible types for comparison'],
    ['{.Bicycle[?(@.IsNew<true)]}', 'invalid type for comparison'],
    ['{.Bicycle[?(@.*=="red")]}', 'can only compare one element at a time'],
  ])('%s fails in the words of kubectl', (template, message) => expect(messageOf(template, store, false)).toBe(message))
})

describe('every operator of a filter', () => {
  const numbers = [1, 2, 2.5, 3]
  test.each([
    ['{[?(@==2)]}', '2'],
    ['{[?(@!=2)]}', '1 2.5 3'],
    ['{[?(@<2)]}', '1'],
    ['{[?(@<=2)]}', '1 2'],
    ['{[?(@>2)]}', '2.5 3'],
    ['{[?(@>=2.5)]}', '2.5 3'],
  ])('%s', (template, text) => expect(compileJsonPath(template).text(numbers)).toBe(text))

  test('texts are compared by their bytes', () =>
    expect(compileJsonPath("{[?(@>='b')]}").text(['a', 'B', 'b', 'c'])).toBe('b c'))
})

describe('JSON with null', () => {
  const points = [
    {id: 'i1', x: 4, y: -5},
    {id: 'i2', x: -2, y: -5, z: 1},
    {id: 'i3', x: 8, y: 3},
    {id: 'i4', x: -6, y: -1},
    {id: 'i5', x: 0, y: 2, z: 1},
    {id: 'i6', x: 1, y: 4},
    {id: 'i7', x: null, y: 4},
  ]
  test.each([
    ['{[?(@.z)].id}', 'i2 i5'],
    ["{[0]['id']}", 'i1'],
    ["{[-1]['x']}", 'null'],
    ["{[-1]['x'].deeper}", ''],
    ["{[-1]['x'][0]}", ''],
  ])('%s', (template, text) => expect(compileJsonPath(template).text(points)).toBe(text))
})

describe('a list of nodes', () => {
  const nodes = {
    kind: 'List',
    items: [
      {
        kind: 'None',
        metadata: {name: '127.0.0.1', labels: {'kubernetes.io/hostname': '127.0.0.1'}},
        status: {capacity: {cpu: '4'}, ready: true, addresses: [{type: 'LegacyHostIP', address: '127.0.0.1'}]},
      },
      {
        kind: 'None',
        metadata: {name: '127.0.0.2', labels: {'kubernetes.io/hostname': '127.0.0.2'}},
        status: {
          capacity: {cpu: '8'},
          ready: false,
          addresses: [
            {type: 'LegacyHostIP', address: '127.0.0.2'},
            {type: 'another', address: '127.0.0.3'},
          ],
        },
      },
    ],
    users: [
      {name: 'myself', user: {}},
      {name: 'e2e', user: {username: 'admin', password: 'secret'}},
    ],
  }
  test.each([
    ['{range .items[*]}{.metadata.name}, {end}{.kind}', '127.0.0.1, 127.0.0.2, List'],
    ['{range .items[*]}{.metadata.name}{"\\t"}{end}', '127.0.0.1\t127.0.0.2\t'],
    ['{.items[*].status.addresses[*].address}', '127.0.0.1 127.0.0.2 127.0.0.3'],
    ['{range .items[*]}{range .status.addresses[*]}{.address}, {end}{end}', '127.0.0.1, 127.0.0.2, 127.0.0.3, '],
    ['{.items[*].metadata.name}', '127.0.0.1 127.0.0.2'],
    ["{.items[*]['metadata.name', 'status.capacity']}", '127.0.0.1 127.0.0.2 {"cpu":"4"} {"cpu":"8"}'],
    [
      '{range .items[*]}[{.metadata.name}, {.status.capacity}] {end}',
      '[127.0.0.1, {"cpu":"4"}] [127.0.0.2, {"cpu":"8"}] ',
    ],
    ['{.users[?(@.name=="e2e")].user.password}', 'secret'],
    ['{.items[0].metadata.labels.kubernetes\\.io/hostname}', '127.0.0.1'],
    ["{.items[0].metadata.labels['kubernetes\\.io/hostname']}", '127.0.0.1'],
    ['{.items[?(@.metadata.labels.kubernetes\\.io/hostname=="127.0.0.1")].kind}', 'None'],
    ['{.items[?(@..ready==true)].metadata.name}', '127.0.0.1'],
    ['{..name}', '127.0.0.1 127.0.0.2 myself e2e'],
  ])('%s', (template, text) => expect(compileJsonPath(template, {allowMissingKeys: false}).text(nodes)).toBe(text))
})

describe('ranges', () => {
  test.each([
    '{range .items[*]}{.metadata.name}{end}',
    '{range .items[*]}{.metadata.name}{":"}{range @.spec.containers[*]}{.name}{","}{end}{"+"}{end}',
  ])('%s gives nothing for an empty list', (template) => expect(compileJsonPath(template).text({items: []})).toBe(''))

  const container = (name: string): object => ({name, another: [{name: 'value1'}, {name: 'value2'}]})
  const pods = {
    items: [
      {metadata: {name: 'pod1'}, spec: {containers: [container('foo'), container('bar')]}},
      {metadata: {name: 'pod2'}, spec: {containers: [container('baz')]}},
    ],
  }
  test.each([
    [
      '{range .items[*]}{.metadata.name}{":"}{range @.spec.containers[*]}{.name}{","}{end}{"+"}{end}',
      'pod1:foo,bar,+pod2:baz,+',
    ],
    [
      '{range .items[*]}{.metadata.name}{"~"}{range @.spec.containers[*]}{.name}{":"}' +
        '{range @.another[*]}{.name}{","}{end}{"+"}{end}{"#"}{end}',
      'pod1~foo:value1,value2,+bar:value1,value2,+#pod2~baz:value1,value2,+#',
    ],
    [
      '{range .items[*]}{.metadata.name}{"\\t"}{range @.spec.containers[*]}{.name}{" "}{end}{"\\t"}' +
        '{range @.spec.containers[*]}{.name}{" "}{end}{"\\n"}{end}',
      'pod1\tfoo bar \tfoo bar \npod2\tbaz \tbaz \n',
    ],
  ])('%s', (template, text) => expect(compileJsonPath(template, {allowMissingKeys: false}).text(pods)).toBe(text))

  test('over what a filter lets through', () => {
    const items = [
      ...['pod1', 'pod2', 'pod3'].map((name) => ({kind: 'Pod', metadata: {name}, status: {phase: 'Running'}})),
      {resourceVersion: ''},
    ]
    const template = '{range .items[?(.status.phase=="Running")]}{.metadata.name}{" is Running\\n"}{end}'
    expect(compileJsonPath(template).text({kind: 'List', items})).toBe(
      'pod1 is Running\npod2 is Running\npod3 is Running\n',
    )
  })
})

describe('a filter on annotations that some objects do not have', () => {
  const pod = (name: string, color?: string): object => ({metadata: {name, ...(color && {annotations: {color}})}})
  const items = [pod('pod1', 'blue'), pod('pod2'), pod('pod3', 'green'), pod('pod4', 'blue')]
  const template = '{.items[?(@.metadata.annotations.color=="blue")].metadata.name}'

  test('matches the others where missing keys are allowed', () =>
    expect(compileJsonPath(template).text({items})).toBe('pod1 pod4'))

  test('fails where they are not', () => expect(messageOf(template, {items}, false)).toBe('annotations is not found'))
})

const containers = (count: number): object => ({
  spec: {containers: Array.from({length: count}, (_, index) => ({image: 'busybox', name: `fake${index}`}))},
})

describe('an index or slice of four', () => {
  test.each([
    ['[0]', 'fake0'],
    ['[]', 'fake0'],
    ['[*]', 'fake0 fake1 fake2 fake3'],
    ['[0:0]', ''],
    ['[0:-1]', 'fake0 fake1 fake2'],
    ['[-1]', 'fake3'],
    ['[-1:]', 'fake3'],
    ['[-2]', 'fake2'],
    ['[-2:]', 'fake2 fake3'],
    ['[-3]', 'fake1'],
    ['[-4]', 'fake0'],
    ['[-4:]', 'fake0 fake1 fake2 fake3'],
    ['[5:5]', ''],
    ['[-5:-5]', ''],
  ])('%s', (index, text) =>
    expect(compileJsonPath(`{.spec.containers${index}.name}`, {allowMissingKeys: false}).text(containers(4))).toBe(
      text,
    ),
  )

  test.each([
    ['[-1:0]', 'starting index 3 is greater than ending index 0'],
    ['[-5]', 'array index out of bounds: index -1, length 4'],
    ['[4]', 'array index out of bounds: index 4, length 4'],
    ['[1:7]', 'array index out of bounds: index 6, length 4'],
    ['[3:1]', 'starting index 3 is greater than ending index 1'],
    ['[-1:-2]', 'starting index 3 is greater than ending index 2'],
  ])('%s fails, even where missing keys are allowed', (index, message) =>
    expect(messageOf(`{.spec.containers${index}.name}`, containers(4))).toBe(message),
  )
})

describe('a slice of six with a step', () => {
  test.each([
    ['[0:]', 'fake0 fake1 fake2 fake3 fake4 fake5'],
    ['[0:6:]', 'fake0 fake1 fake2 fake3 fake4 fake5'],
    ['[0:6:1]', 'fake0 fake1 fake2 fake3 fake4 fake5'],
    ['[1:4:2]', 'fake1 fake3'],
    ['[1:4:3]', 'fake1'],
    ['[1:4:4]', 'fake1'],
    ['[0:6:2]', 'fake0 fake2 fake4'],
    ['[0:6:3]', 'fake0 fake3'],
    ['[0:6:5]', 'fake0 fake5'],
    ['[0:6:6]', 'fake0'],
  ])('%s', (index, text) => expect(compileJsonPath(`{.spec.containers${index}.name}`).text(containers(6))).toBe(text))

  test.each(['[0:6:0]', '[0:6:-1]'])('%s fails', (index) =>
    expect(messageOf(`{.spec.containers${index}.name}`, containers(6))).toBe('step must be > 0'),
  )
})

describe('values are printed as Go prints them', () => {
  test.each<[unknown, string]>([
    [0.00001, '1e-05'],
    [0.0001, '0.0001'],
    [1e21, '1e+21'],
    [1234567, '1234567'],
    [{b: 1, a: '<&>'}, '{"a":"\\u003c\\u0026\\u003e","b":1}'],
    [{b: 1, 10: 2, 9: 3}, '{"10":2,"9":3,"b":1}'],
  ])('%j', (value, text) => expect(compileJsonPath('{.a}').text({a: value})).toBe(text))
})

test('-o jsonpath-as-json gives an array for each part, indented by four', () => {
  expect(compileJsonPath('{.items[*].name}{.none}').json({items: [{name: 'a'}, {name: 'b'}]})).toBe(
    '[\n    "a",\n    "b"\n]\n[]\n',
  )
})

describe('failures', () => {
  test('a template that cannot be read is wrong usage', () =>
    expect(failure(() => compileJsonPath('{.a'))).toEqual({
      reason: 'InvalidArgument',
      message: 'error parsing jsonpath {.a, unclosed action',
      exitCode: ExitCode.Usage,
      hint: undefined,
    }))

  test('a regular expression gets a hint, because kubectl has none either', () =>
    expect(failure(() => compileJsonPath('{.items[?(@.name=~"a")]}'))).toEqual({
      reason: 'InvalidArgument',
      message: `error parsing jsonpath {.items[?(@.name=~"a")]}, unrecognized character in action: U+007E '~'`,
      exitCode: ExitCode.Usage,
      hint: 'kubectl knows no =~ in filters: use == or -o json and jq',
    }))

  test('a template that does not fit the data is a failure', () =>
    expect(failure(() => compileJsonPath('{.a[3]}').text({a: []}))).toEqual({
      reason: 'JSONPathFailed',
      message: 'error executing jsonpath "{.a[3]}": array index out of bounds: index 3, length 0',
      exitCode: ExitCode.Failed,
      hint: undefined,
    }))
})

describe('the relaxed form', () => {
  test.each([
    ['foo.bar', '{.foo.bar}'],
    ['{foo.bar}', '{.foo.bar}'],
    ['.foo.bar', '{.foo.bar}'],
    ['{.foo.bar}', '{.foo.bar}'],
    ['', ''],
  ])('%s is %s', (expression, path) => expect(relaxJsonPath(expression)).toBe(path))

  test.each(['{foo.bar', 'foo.bar}', '{foo.bar}}', '{{foo.bar}'])('%s is refused', (expression) =>
    expect(failure(() => relaxJsonPath(expression)).message).toBe(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    ),
  )
})
