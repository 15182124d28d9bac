import {createPrivateKey} from 'node:crypto'
import {newAuthority, type Authority} from './certificates.js'
import {NOW} from './run.js'

const DAY = 24 * 3600 * 1000

/** Days from NOW. */
export const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY)

/** What must never be seen. Long, so that it cannot be met by chance. */
export const PASSWORD = 'Sehr-Geheim-4711-Passwort'
export const OTHER_PASSWORD = 'Noch-Geheimer-0815-Passwort'

const rewrapped = (key: string, type: 'sec1' | 'pkcs1'): string =>
  String(createPrivateKey(key).export({type, format: 'pem'}))

export interface CredentialFiles {
  authority: Authority
  /** Contents by the names that the tests use on command lines. */
  files: Readonly<Record<string, string>>
}

/** Certificates, keys and passwords in every state that a command tells apart. */
export const credentialFiles = async (): Promise<CredentialFiles> => {
  const year = {notBefore: inDays(-100), notAfter: inDays(265)}
  const authority = await newAuthority('kafka-cluster-ca', year)
  const clients = await newAuthority('kafka-clients-ca', year)
  const [user, rsa, old, soon, early, foreign] = await Promise.all([
    authority.issue({commonName: 'orders', ...year}),
    authority.issue({commonName: 'orders-rsa', rsa: true, ...year}),
    authority.issue({commonName: 'orders', notBefore: inDays(-100), notAfter: inDays(-3)}),
    authority.issue({commonName: 'orders', notBefore: inDays(-100), notAfter: inDays(12)}),
    authority.issue({commonName: 'orders', notBefore: inDays(7), notAfter: inDays(100)}),
    clients.issue({commonName: 'orders', ...year}),
  ])
  return {
    authority,
    files: {
      'ca.pem': authority.cert,
      'user.pem': user.cert,
      'user.key': user.key,
      'rsa.pem': rsa.cert,
      'rsa.key': rewrapped(rsa.key, 'pkcs1'),
      'sec1.key': rewrapped(user.key, 'sec1'),
      'other.key': rsa.key,
      'old.pem': old.cert,
      'old.key': old.key,
      'soon.pem': soon.cert,
      'soon.key': soon.key,
      'early.pem': early.cert,
      'early.key': early.key,
      'foreign.pem': foreign.cert,
      'foreign.key': foreign.key,
      'empty.pem': '\n',
      'notes.txt': 'the CA is in the drawer\n',
      'pw.txt': `${PASSWORD}\n`,
      'other.txt': OTHER_PASSWORD,
      'quoted.txt': `${PASSWORD}"\n`,
      'lines.txt': `${PASSWORD}\n${PASSWORD}\n`,
      '-': `${PASSWORD}\n`,
    },
  }
}
