import {describe, expect, test} from 'vitest'
import {TemplateError, type Part, type Path} from '../../../src/output/jsonpath/nodes.js'
import {parseTemplate} from '../../../src/output/jsonpath/parse.js'

const field = (name: string): Path[number] => ({type: 'field', name})
const text = (content: string): Part & {type: 'text'} => ({type: 'text', text: content})
const path = (...steps: Path): Part => ({type: 'path', path: steps})
const slice = (start?: number, end?: number, step?: number): Path[number] => ({
  type: 'array',
  start,
  end,
  step,
  single: false,
})
const at = (start: number): Path[number] => ({type: 'array', start, end: start + 1, step: undefined, single: true})
const equals = (left: Path, right: string): Path[number] => ({
  type: 'filter',
  left,
  comparison: {operator: '==', right: [text(right)]},
})
const osImage = [field('status'), field('nodeInfo'), field('osImage')]

// The expressions of k8s.io/client-go util/jsonpath/parser_test.go.
describe('templates are read as kubectl reads them', () => {
  test.each<[string, Part[]]>([
    ['', []],
    ['hello jsonpath', [text('hello jsonpath')]],
    ['hello {.jsonpath}', [text('hello '), path(field('jsonpath'))]],
    ["hello {['jsonpath']}", [text('hello '), path(field('jsonpath'))]],
    ['{"{"}', [path(text('{'))]],
    ['{[1:3]}', [path(slice(1, 3))]],
    ['{.book[*].author}', [path(field('book'), slice(), field('author'))]],
    ['{.bicycle.*}', [path(field('bicycle'), {type: 'wildcard'})]],
    [
      '{[?(@.price<3)]}',
      [path({type: 'filter', left: [field('price')], comparison: {operator: '<', right: [{type: 'value', value: 3}]}})],
    ],
    ['{..}', [path({type: 'recursive'})]],
    ['{..price}', [path({type: 'recursive'}, field('price'))]],
    ["{['book.price']}", [path(field('book'), field('price'))]],
    [
      "{['bicycle.price', 3, 'book.price']}",
      [path({type: 'union', paths: [[field('bicycle'), field('price')], [at(3)], [field('book'), field('price')]]})],
    ],
    ['{range .items}{.name},{end}', [{type: 'range', over: [field('items')], body: [path(field('name')), text(',')]}]],
    ['{[?(@.status.nodeInfo.osImage == "()")]}', [path(equals(osImage, '()'))]],
    ['{[?(@.status.nodeInfo.osImage == "(\\"\\")")]}', [path(equals(osImage, '("")'))]],
    ['{[?(@.test == "())(")]}', [path(equals([field('test')], '())('))]],
    ["{[?(@.status.nodeInfo.osImage == 'Linux')]}", [path(equals(osImage, 'Linux'))]],
    ['{[?(@.status.nodeInfo.osImage == "{[()]}")]}', [path(equals(osImage, '{[()]}'))]],
    ['{[?(@.status.nodeInfo.osImage == "\'\'")]}', [path(equals(osImage, "''"))]],
    ['{[?(@.status.nodeInfo.osImage == \'""\')]}', [path(equals(osImage, '""'))]],
    ["{[?(@.status.nodeInfo.osImage == '\\\\\\'')]}", [path(equals(osImage, "\\'"))]],
    ['{[-5:]}', [path(slice(-5))]],
    ['{[-1]}', [path(at(-1))]],
    ['{[1:-1]}', [path(slice(1, -1))]],
    ['{[::2]}', [path(slice(undefined, undefined, 2))]],
    ['{.a\\.b/c}', [path(field('a.b/c'))]],
    ['{ -1.5 }{true}', [path({type: 'value', value: -1.5}), path({type: 'value', value: true})]],
    ['{"tab\\t \\u00e9 \\x41 \\101 \\\\"}', [path(text('tab\t é A A \\'))]],
    ['{range .a}{.b}', [{type: 'range', over: [field('a')], body: [path(field('b'))]}]],
    ['a }b', [text('a }b')]],
  ])('%s', (template, parts) => expect(parseTemplate(template)).toEqual(parts))
})

describe('templates that cannot be read are refused in the words of kubectl', () => {
  test.each([
    ['{.hello', 'unclosed action'],
    ['{.hello\n}', 'unclosed action'],
    ['{*}', "unrecognized character in action: U+002A '*'"],
    ['{\t}', 'unrecognized character in action: U+0009'],
    ['{\\\\\\}', "unrecognized character in action: U+005C '\\'"],
    ['{+12.3.0}', 'cannot parse number +12.3.0'],
    ['{-}', 'cannot parse number -'],
    ['{[1}', 'unterminated array'],
    ['{[1\n]}', 'unterminated array'],
    ['{["a"]}', 'invalid array index "a"'],
    ['{[-]}', 'array index - is not a number'],
    ['{[?(.price]}', 'unterminated filter'],
    ['{[?(@.a)}', 'unclosed array expect ]'],
    ['{........}', 'invalid multiple recursive descent'],
    ['{"a}', 'unterminated quoted string'],
    ['{"\\q"}', 'unquote string "\\q" error invalid syntax'],
    ['{"\\\'"}', 'unquote string "\\\'" error invalid syntax'],
    ['{[?(@.name=~"a.*")]}', "unrecognized character in action: U+007E '~'"],
    ['{[?(@.price<>10)]}', 'unrecognized filter operator <>'],
    ['{hello}', 'unrecognized identifier hello'],
    ['{metadata.name}', 'unrecognized identifier metadata'],
    ['{[?(price<10)]}', 'unrecognized identifier price'],
    ['{end}', 'not in range, nothing to end'],
    ['{range .a.*}{@}{end}{end}', 'not in range, nothing to end'],
  ])('%s', (template, message) => expect(() => parseTemplate(template)).toThrow(new TemplateError(message)))
})
