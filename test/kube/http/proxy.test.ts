import {describe, expect, test} from 'vitest'
import {proxyFromEnvironment, wantsProxy} from '../../../src/kube/http/proxy.js'

describe('NO_PROXY keeps a host off the proxy as it does for kubectl', () => {
  test.each([
    ['https://api.example.com', '', true],
    ['https://api.example.com', '*', false],
    ['https://api.example.com', 'example.com', false],
    ['https://example.com', 'example.com', false],
    ['https://example.com', '.example.com', true],
    ['https://api.example.com', '.example.com', false],
    ['https://api.example.com', '*.example.com', false],
    ['https://notexample.com', 'example.com', true],
    ['https://API.Example.com', ' other , EXAMPLE.com ', false],
    ['https://api.example.com:6443', 'example.com:6443', false],
    ['https://api.example.com:6443', 'example.com:443', true],
    ['https://api.example.com', 'example.com:443', false],
    ['http://api.example.com', 'example.com:80', false],
    ['https://10.1.2.3:6443', '10.0.0.0/8', false],
    ['https://11.1.2.3:6443', '10.0.0.0/8', true],
    ['https://10.1.2.3', '10.1.2.3', false],
    ['https://10.1.2.3', '10.1.2.3:443', false],
    ['https://10.1.2.3:6443', '10.1.2.3:443', true],
    ['https://10.1.2.30', '10.1.2.3', true],
    ['https://[fd00::1]:6443', 'fd00::/8', false],
    ['https://[fd00::1]:6443', 'fd00:0::1', false],
    ['https://[fd00::1]:6443', '[fd00::1]:6443', false],
    ['https://[fd00::1]:6443', '10.0.0.0/8', true],
    ['https://api.example.com', '10.0.0.0/8', true],
    ['https://localhost:6443', '', false],
    ['https://127.0.0.1:6443', '', false],
    ['https://127.8.9.10', '', false],
    ['https://[::1]:6443', '', false],
  ])('%s with %j: through the proxy %j', (url, exceptions, expected) => {
    expect(wantsProxy(new URL(url), exceptions)).toBe(expected)
  })
})

describe('the proxy comes from the variable for the scheme', () => {
  test.each([
    ['https://a', {HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:1'}, 'http://p:1'],
    ['https://a', {https_proxy: 'http://p:1'}, 'http://p:1'],
    ['https://a', {HTTPS_PROXY: 'http://upper', https_proxy: 'http://lower'}, 'http://upper'],
    ['https://a', {HTTP_PROXY: 'http://q:1'}, undefined],
    ['http://a', {HTTP_PROXY: 'q:1'}, 'http://q:1'],
    ['https://a', {HTTPS_PROXY: 'p:1', no_proxy: 'a'}, undefined],
    ['https://a', {}, undefined],
  ])('%s with %j: %s', (url, env, expected) => {
    expect(proxyFromEnvironment(new URL(url), env)).toBe(expected)
  })
})
