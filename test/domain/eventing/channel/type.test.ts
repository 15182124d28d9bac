import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  parseChannelReference,
  parseChannelType,
  printChannelFlag,
  printChannelType,
} from '../../../../src/domain/eventing/channel/type.js'

const fault = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'accepted'
}

describe("--type in kn's grammar", () => {
  test.each<[string, string, string]>([
    ['imc', 'messaging.knative.dev/v1', 'InMemoryChannel'],
    ['kafka', 'messaging.knative.dev/v1beta1', 'KafkaChannel'],
    ['KafkaChannel', 'messaging.knative.dev/v1beta1', 'KafkaChannel'],
    ['IMC', 'messaging.knative.dev/v1', 'InMemoryChannel'],
    ['messaging.knative.dev:v1:InMemoryChannel', 'messaging.knative.dev/v1', 'InMemoryChannel'],
    ['acme.dev:v1alpha1:NatsChannel', 'acme.dev/v1alpha1', 'NatsChannel'],
  ])('%s', (text, apiVersion, kind) => {
    expect(parseChannelType(text)).toEqual({apiVersion, kind})
  })

  test.each<[string, string]>([
    ['x', "unknown channel type alias: 'x'"],
    ['kafk', 'unknown channel type alias: \'kafk\', did you mean "kafka"?'],
    ['', "incorrect value '' for '--type', must be in the format 'Group:Version:Kind' or an alias"],
    ['a:b', "incorrect value 'a:b' for '--type', must be in the format 'Group:Version:Kind' or an alias"],
    ['g:v1:', "incorrect value 'g:v1:' for '--type', must be in the format 'Group:Version:Kind' or an alias"],
    ['g:1:Kind', "incorrect value 'g:1:Kind' for '--type', must be in the format 'Group:Version:Kind' or an alias"],
    ['toString', "unknown channel type alias: 'toString'"],
  ])('%j is refused in the words of kn', (text, message) => {
    expect(fault(() => parseChannelType(text))).toBe(message)
  })
})

describe("--channel in kn's grammar", () => {
  test.each<[string, string, string, string]>([
    ['pipe', 'messaging.knative.dev/v1', 'Channel', 'pipe'],
    ['channel:pipe', 'messaging.knative.dev/v1', 'Channel', 'pipe'],
    ['imc:pipe', 'messaging.knative.dev/v1', 'InMemoryChannel', 'pipe'],
    ['kafka:pipe', 'messaging.knative.dev/v1beta1', 'KafkaChannel', 'pipe'],
    ['KafkaChannel:pipe', 'messaging.knative.dev/v1beta1', 'KafkaChannel', 'pipe'],
    ['acme.dev:v1:NatsChannel:pipe', 'acme.dev/v1', 'NatsChannel', 'pipe'],
  ])('%s', (text, apiVersion, kind, name) => {
    expect(parseChannelReference(text)).toEqual({apiVersion, kind, name})
  })

  test.each<[string, string]>([
    ['x:pipe', "unknown alias 'x' for '--channel', please specify in the format '--channel Group:Version:Kind:Name'"],
    [
      'a:b:c',
      "incorrect value 'a:b:c' for '--channel', must be in the format 'Group:Version:Kind:Name' or 'ALIAS:NAME'",
    ],
    [
      ':pipe',
      "incorrect value ':pipe' for '--channel', must be in the format 'Group:Version:Kind:Name' or 'ALIAS:NAME'",
    ],
    ['imc:', 'name in --channel "imc:" is empty'],
    [
      'Pipe',
      'invalid name in --channel "Pipe" "Pipe": at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit (DNS-1123 subdomain)',
    ],
  ])('%j is refused', (text, message) => {
    expect(fault(() => parseChannelReference(text))).toBe(message)
  })

  test('what is recommended in commands means the same object again', () => {
    const names = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/)
    const kinds = fc.constantFrom(
      {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel'},
      {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'},
      {apiVersion: 'messaging.knative.dev/v1beta1', kind: 'KafkaChannel'},
      {apiVersion: 'messaging.knative.dev/v1', kind: 'KafkaChannel'},
      {apiVersion: 'acme.dev/v1alpha2', kind: 'NatsChannel'},
    )
    fc.assert(
      fc.property(kinds, names, (kind, name) => {
        expect(parseChannelReference(printChannelFlag({...kind, name}))).toEqual({...kind, name})
        if (kind.kind !== 'Channel') expect(parseChannelType(printChannelType(kind))).toEqual(kind)
      }),
    )
  })
})
