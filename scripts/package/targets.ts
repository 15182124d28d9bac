/** A platform that gets an executable, under the names that those who meet it have for it. */
export interface Target {
  /** Ours, for `--only`. */
  name: string
  /** Go's, which krew and the archives use. */
  os: 'linux' | 'darwin' | 'windows'
  arch: 'amd64' | 'arm64'
  /** Node's `process.platform` and `process.arch`. */
  platform: NodeJS.Platform
  cpu: NodeJS.Architecture
  /** Bun's npm package, and what its tarball must hash to. */
  package: string
  integrity: string
}

export const BUN_VERSION = '1.4.5'

export const targets: readonly Target[] = [
  {
    name: 'linux-x64',
    os: 'linux',
    arch: 'amd64',
    platform: 'linux',
    cpu: 'x64',
    package: '@oven/bun-linux-x64',
    integrity: 'sha512-IWX9BELoGHAUtMonkeSaNaZwXzRk+oDw6Mk+HBFXd3KHYIBNBsIGRupMZPcgNoDbJpLu6gAJjIoIVPZtt1aJ1g==',
  },
  {
    name: 'linux-arm64',
    os: 'linux',
    arch: 'arm64',
    platform: 'linux',
    cpu: 'arm64',
    package: '@oven/bun-linux-aarch64',
    integrity: 'sha512-4BXmsSKnjOrlGWqZV4x/oWa7AVoR+B6lCXddMzOAXBIm3t50eslg9wb66gmtW1AamEQ1l1CDvmmruysEhqOWMg==',
  },
  {
    name: 'darwin-x64',
    os: 'darwin',
    arch: 'amd64',
    platform: 'darwin',
    cpu: 'x64',
    package: '@oven/bun-darwin-x64',
    integrity: 'sha512-qkLPMGHZM9NI6CeHTWwVezzmlo6cC4Ta7yUAjYIWXS366qQcOlcp75t2uZyiuVRBMPS0h9qE0tCcvCHGaFqjJg==',
  },
  {
    name: 'darwin-arm64',
    os: 'darwin',
    arch: 'arm64',
    platform: 'darwin',
    cpu: 'arm64',
    package: '@oven/bun-darwin-aarch64',
    integrity: 'sha512-4MIFXHmctH2EhAxLXm2/qxNtv17dFtLJylvaOCsrgq6KSqHTs6eW5YSrJjRbJxYUJaR901fsN8JfZOa+CsWpWQ==',
  },
  {
    name: 'windows-x64',
    os: 'windows',
    arch: 'amd64',
    platform: 'win32',
    cpu: 'x64',
    package: '@oven/bun-windows-x64',
    integrity: 'sha512-FNvply651vcE/GHgNWz6mZvhmkwBuu8Hw54oNzA+CQog+HW+542rXQmZqNHRkFxazD9L3xi+iTtvO3engAgJfw==',
  },
]

/** The target of the machine that this runs on. */
export const hostTarget = (): Target => {
  const found = targets.find(({platform, cpu}) => platform === process.platform && cpu === process.arch)
  if (found === undefined) throw new Error(`no executable can be made on ${process.platform}/${process.arch}`)
  return found
}

/** The program inside an archive. */
export const programOf = ({os}: Target): string => (os === 'windows' ? 'kubectl-sfl.exe' : 'kubectl-sfl')

/** The archive of a target; krew knows no other endings. */
export const archiveOf = ({os, arch}: Target, version: string): string =>
  `kubectl-sfl_v${version}_${os}_${arch}${os === 'windows' ? '.zip' : '.tar.gz'}`
