import {stringify} from 'yaml'
import {at, isRecord, listAt, textAt} from '../../src/domain/core/read.js'
import {type Target, archiveOf, programOf} from './targets.js'

/** Where the archives can be downloaded, and what tells about the program. */
export interface Release {
  version: string
  homepage: string
  /** The archives are below it. */
  downloads: string
}

/** The krew manifest; `sha256` knows the archives by name. Platforms whose archive is not there are left out. */
export const krewManifest = (
  release: Release,
  targets: readonly Target[],
  sha256: ReadonlyMap<string, string>,
): string =>
  stringify(
    {
      apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
      kind: 'Plugin',
      metadata: {name: 'sfl'},
      spec: {
        version: `v${release.version}`,
        homepage: release.homepage,
        shortDescription: 'Set up and check Knative brokers and SonataFlow',
        description:
          'Sets up, changes and examines Knative brokers with all that belongs to them, and SonataFlow platforms with\n' +
          'their supporting services. Says what the operators will actually do with your configuration, and why something\n' +
          'does not work. For the prompt and for runbooks.\n',
        // krew links the program alone (krew internal/installation), and kubectl looks for a helper beside it.
        caveats:
          'For completion with TAB, put the helper that kubectl asks beside the program:\n  kubectl sfl completion install\n',
        platforms: targets.flatMap((target) => {
          const archive = archiveOf(target, release.version)
          const sum = sha256.get(archive)
          if (sum === undefined) return []
          return [
            {
              selector: {matchLabels: {os: target.os, arch: target.arch}},
              uri: `${release.downloads}/${archive}`,
              sha256: sum,
              bin: programOf(target),
            },
          ]
        }),
      },
    },
    {lineWidth: 0},
  )

/** The platforms that krew knows (krew internal/index/validation, cmd/validate-krew-manifest). */
const PLATFORMS = ['linux', 'darwin', 'windows'].flatMap((os) =>
  ['amd64', 'arm64', 'arm', '386'].map((arch) => ({os, arch})),
)

/** What krew's own validation, and the rules of its index, find wrong with a manifest; `undefined` names are those of files. */
export const krewFaults = (manifest: unknown, fileName: string): string[] => {
  const faults: string[] = []
  const must = (held: boolean, fault: string): void => void (held || faults.push(fault))
  const name = textAt(manifest, 'metadata', 'name') ?? ''
  const text = (field: string): string => textAt(manifest, 'spec', field) ?? ''
  must(textAt(manifest, 'apiVersion') === 'krew.googlecontainertools.github.com/v1alpha2', 'apiVersion')
  must(textAt(manifest, 'kind') === 'Plugin', 'kind')
  must(/^[\w-]+$/.test(name) && name === name.toLowerCase(), 'metadata.name: lower case, digits and hyphens')
  must(fileName === `${name}.yaml`, 'the file must have the name of the plugin')
  must(
    /^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(text('version')),
    'spec.version: v and a semantic version',
  )
  must(text('shortDescription') !== '' && !/[\r\n]/.test(text('shortDescription')), 'spec.shortDescription: one line')
  must(text('description') !== '', 'spec.description')
  must(URL.canParse(text('homepage')), 'spec.homepage')
  const platforms = listAt(manifest, 'spec', 'platforms')
  must(platforms.length > 0, 'spec.platforms: none')
  platforms.forEach((platform, index) => {
    const mustHere = (held: boolean, fault: string): void => must(held, `spec.platforms[${index}].${fault}`)
    const labels = at(platform, 'selector', 'matchLabels')
    const keys = isRecord(labels) ? Object.keys(labels) : []
    mustHere(keys.length > 0 && keys.every((key) => key === 'os' || key === 'arch'), 'selector: os and arch only')
    mustHere(
      PLATFORMS.some(
        ({os, arch}) =>
          [os, undefined].includes(textAt(labels, 'os')) && [arch, undefined].includes(textAt(labels, 'arch')),
      ),
      'selector: no such platform',
    )
    const uri = textAt(platform, 'uri') ?? ''
    mustHere(URL.canParse(uri) && /\.(tar\.gz|zip)$/.test(uri), 'uri: a .tar.gz or .zip')
    mustHere(/^[a-f0-9]{64}$/.test(textAt(platform, 'sha256') ?? ''), 'sha256: 64 lower-case hexadecimal digits')
    const bin = textAt(platform, 'bin') ?? ''
    mustHere(bin !== '' && !bin.startsWith('/') && !bin.split(/[\\/]/).includes('..'), 'bin: a path inside the archive')
    mustHere(textAt(labels, 'os') !== 'windows' || bin.endsWith('.exe'), 'bin: must end in .exe')
    const files: unknown = isRecord(platform) ? platform['files'] : undefined
    mustHere(files === undefined || listAt(platform, 'files').length > 0, 'files: left out, or not empty')
  })
  const selectors = platforms.map((platform) => JSON.stringify(at(platform, 'selector')))
  must(new Set(selectors).size === selectors.length, 'spec.platforms: two for one platform')
  return faults
}
