import {createPrivateKey} from 'node:crypto'
import {newAuthority} from '../../support/certificates.js'
import {type Stage} from './stage.js'

/** What must never be seen. Long, so that it cannot be met by chance. */
export const PASSWORD = 'Sehr-Geheim-4711-Passwort'
export const OTHER_PASSWORD = 'Noch-Geheimer-0815-Passwort'

// Half a day more, so that the number of days is the same all day long.
const inDays = (days: number): Date => new Date(Date.now() + (days + 0.5) * 24 * 3600 * 1000)

const rewrapped = (key: string, type: 'sec1' | 'pkcs1'): string =>
  String(createPrivateKey(key).export({type, format: 'pem'}))

/** Certificates, keys and passwords in the states that a command tells apart, by file name. */
export const keyFiles = async (): Promise<Readonly<Record<string, string>>> => {
  const authority = await newAuthority('kafka-cluster-ca', {notBefore: inDays(-100), notAfter: inDays(300)})
  const year = {notBefore: inDays(-100), notAfter: inDays(200)}
  const [user, rsa, old, soon] = await Promise.all([
    authority.issue({commonName: 'orders', ...year}),
    authority.issue({commonName: 'orders-rsa', rsa: true, ...year}),
    authority.issue({commonName: 'orders', notBefore: inDays(-100), notAfter: inDays(-3)}),
    authority.issue({commonName: 'orders', notBefore: inDays(-100), notAfter: inDays(12)}),
  ])
  return {
    'ca.pem': authority.cert,
    'user.pem': user.cert,
    'user.key': user.key,
    'sec1.key': rewrapped(user.key, 'sec1'),
    'rsa.pem': rsa.cert,
    'rsa.key': rewrapped(rsa.key, 'pkcs1'),
    'old.pem': old.cert,
    'old.key': old.key,
    'soon.pem': soon.cert,
    'soon.key': soon.key,
    'pw.txt': `${PASSWORD}\n`,
    'other.txt': OTHER_PASSWORD,
  }
}

/** Puts them into the folder of a stage. */
export const withKeyFiles = async (scene: Stage, files: Readonly<Record<string, string>>): Promise<void> => {
  await Promise.all(Object.entries(files).map(([name, text]) => scene.file(name, text)))
}

/** Every way in which what the files hide could be written: as it is, in base64, and a key line by line. */
export const hiddenTexts = (files: Readonly<Record<string, string>>): string[] => {
  const passwords = [PASSWORD, OTHER_PASSWORD].flatMap((text) => [text, Buffer.from(text).toString('base64')])
  const keys = Object.entries(files)
    .filter(([name]) => name.endsWith('.key'))
    // The first line of every key of a kind is the same, so it is no secret.
    .flatMap(([, text]) => [text.split('\n').slice(2).join('\n'), text])
    .flatMap((text) => [
      ...text
        .split('\n')
        .slice(2)
        .filter((line) => line.length >= 16 && !line.startsWith('-----')),
      Buffer.from(text).toString('base64').slice(120, 200),
    ])
  return [...passwords, ...keys].map((text) => text.replace(/=+$/, '')).filter((text) => text.length >= 16)
}
