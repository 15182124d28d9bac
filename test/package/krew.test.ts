import {describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {krewFaults, krewManifest} from '../../scripts/package/krew.js'
import {archiveOf, targets} from '../../scripts/package/targets.js'
import {VERSION} from '../../src/entry/version.js'

const release = {version: VERSION, homepage: 'https://example.com/sfl', downloads: 'https://example.com/sfl/v1'}
const sums = new Map(targets.map((target, index) => [archiveOf(target, VERSION), String(index).repeat(64)]))
const good = (): unknown => parse(krewManifest(release, targets, sums))

describe('krew’s manifest', () => {
  test('passes krew’s rules with all five platforms', () => {
    expect(krewFaults(good(), 'sfl.yaml')).toEqual([])
    expect(good()).toMatchObject({
      metadata: {name: 'sfl'},
      spec: {
        version: `v${VERSION}`,
        platforms: [
          {selector: {matchLabels: {os: 'linux', arch: 'amd64'}}, bin: 'kubectl-sfl', sha256: '0'.repeat(64)},
          {selector: {matchLabels: {os: 'linux', arch: 'arm64'}}, bin: 'kubectl-sfl', sha256: '1'.repeat(64)},
          {selector: {matchLabels: {os: 'darwin', arch: 'amd64'}}, bin: 'kubectl-sfl', sha256: '2'.repeat(64)},
          {selector: {matchLabels: {os: 'darwin', arch: 'arm64'}}, bin: 'kubectl-sfl', sha256: '3'.repeat(64)},
          {
            selector: {matchLabels: {os: 'windows', arch: 'amd64'}},
            uri: `https://example.com/sfl/v1/kubectl-sfl_v${VERSION}_windows_amd64.zip`,
            bin: 'kubectl-sfl.exe',
            sha256: '4'.repeat(64),
          },
        ],
      },
    })
  })

  test('names only the platforms whose archives there are', () => {
    const two = new Map([...sums].slice(0, 2))
    const manifest: unknown = parse(krewManifest(release, targets, two))
    expect(krewFaults(manifest, 'sfl.yaml')).toEqual([])
    expect(manifest).toMatchObject({spec: {platforms: [{}, {}]}})
  })

  // A manifest with one thing changed: the path as a regular expression over its YAML text.
  test.each<[string, RegExp, string, RegExp]>([
    ['a version without v', /version: v/, 'version: ', /^spec.version/],
    ['a SHA in upper case', /sha256: "?0+"?/, `sha256: ${'A'.repeat(64)}`, /^spec.platforms\[0\].sha256/],
    ['another kind of archive', /amd64\.zip/, 'amd64.7z', /^spec.platforms\[4\].uri/],
    ['a Windows program without .exe', /bin: kubectl-sfl\.exe/, 'bin: kubectl-sfl', /^spec.platforms\[4\].bin/],
    ['a program outside the archive', /bin: kubectl-sfl\n/, 'bin: ../kubectl-sfl\n', /^spec.platforms\[0\].bin/],
    ['another key in a selector', /arch: arm64/, 'cpu: arm64', /^spec.platforms\[1\].selector/],
    ['an unknown platform', /os: linux/, 'os: plan9', /^spec.platforms\[0\].selector/],
    ['a platform twice', /arch: arm64/, 'arch: amd64', /^spec.platforms: two/],
    ['a name in upper case', /name: sfl/, 'name: Sfl', /^metadata.name/],
    ['no short description', /shortDescription: .*/, 'shortDescription: ""', /^spec.shortDescription/],
    ['another API version', /v1alpha2/, 'v1', /^apiVersion/],
  ])('does not pass with %s', (_what, from, to, fault) => {
    const text = krewManifest(release, targets, sums)
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    expect(krewFaults(parse(changed), 'sfl.yaml')).toContainEqual(expect.stringMatching(fault))
  })

  test('must be in a file of the plugin’s name', () => {
    expect(krewFaults(good(), 'kubectl-sfl.yaml')).toEqual(['the file must have the name of the plugin'])
  })
})
