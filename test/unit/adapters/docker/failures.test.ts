import { describe, expect, it } from 'vitest'
import { callFailure } from '../../../../src/adapters/docker/call-failure'
import { explainConnectionFailure } from '../../../../src/adapters/docker/connection-failure'
import { explainRefusal } from '../../../../src/adapters/docker/engine-refusal'
import { SwarmNetworksError, describeError } from '../../../../src/core/errors'

const call = { what: 'create the network gnswarm', host: 'tolkewitz' }

describe('an engine’s refusal', () => {
  it.each([
    // Docker 20.10, 26.1 and 29, Docker 1.12 and before.
    [400, 'client version 1.51 is too new. Maximum supported API version is 1.41', 'api-version'],
    [400, 'client version 1.24 is too old. Minimum supported API version is 1.44, please upgrade', 'api-version'],
    [400, 'client is newer than server (client API version: 1.51, server API version: 1.21)', 'api-version'],
    [400, 'client is too old, minimum supported API version is 1.12, please upgrade your client', 'api-version'],
    [400, 'Client sent an HTTP request to an HTTPS server.', 'protocol'],
    [409, 'network with name gnswarm already exists', 'conflict'],
    [500, 'Error response from daemon: network with name gnswarm already exists', 'conflict'],
    [409, 'Conflict. The container name "/web" is already in use by container "40a2". You have to remove', 'conflict'],
    [409, 'Conflict: The name web is already assigned. You have to delete', 'conflict'],
    [403, 'error while removing network: network gnswarm id ab has active endpoints', 'conflict'],
    [400, 'rpc error: code = FailedPrecondition desc = network x is in use by task y', 'conflict'],
    [403, 'Pool overlaps with other one on this address space', 'conflict'],
    [500, 'could not find an available, non-overlapping IPv4 address pool among the defaults', 'conflict'],
    [400, 'all predefined address pools have been fully subnetted', 'conflict'],
    [500, 'Bind for 0.0.0.0:80 failed: port is already allocated', 'conflict'],
    [500, 'listen tcp4 0.0.0.0:80: bind: address already in use', 'conflict'],
    [409, 'You cannot remove a running container ab. Stop the container before attempting removal', 'conflict'],
    [409, 'removal of container ab is already in progress', 'conflict'],
    [409, 'Container ab is paused, unpause the container before exec', 'conflict'],
    [409, 'Container ab is not running', 'conflict'],
    [404, 'No such container: ab', 'not-found'],
    [404, 'network ab not found', 'not-found'],
    [404, 'No such image: nginx:nope', 'not-found'],
    [404, 'pull access denied for x, repository does not exist or may require docker login', 'not-found'],
    [
      500,
      'error getting pools config from store: could not get pools config from store: client: etcd cluster is unavailable or misconfigured; error #0: dial tcp 198.18.75.11:2379: connect: connection refused',
      'store-unavailable',
    ],
    [500, 'could not get pools config from store: Unexpected response code: 500', 'store-unavailable'],
    [500, 'cannot join secure network: encryption keys not present', 'unsupported'],
    [503, 'This node is not a swarm manager. Use "docker swarm init"', 'not-a-manager'],
    [
      500,
      'Cannot create a multi-host network from a worker node. Please create the network from a manager node.',
      'not-a-manager',
    ],
    [
      500,
      'rpc error: code = Unknown desc = The swarm does not have a leader. It’s possible that too few',
      'engine-error',
    ],
    [
      403,
      'Could not attach to network x: rpc error: code = PermissionDenied desc = network x not manually attachable',
      'unsupported',
    ],
    [500, 'Could not attach to network x: context deadline exceeded', 'engine-error'],
    [
      500,
      'attaching to network failed, make sure your network options are correct and check manager logs',
      'engine-error',
    ],
    [
      500,
      'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
      'engine-error',
    ],
    [403, 'bridge is a pre-defined network and cannot be removed', 'unsupported'],
    [403, 'authorization denied by plugin authz: no', 'permission-denied'],
    [500, 'configured logging driver does not support reading', 'unsupported'],
    [400, 'Invalid detach keys (x) provided', 'invalid-input'],
    [404, 'page not found', 'unsupported'],
    [404, '404 page not found', 'unsupported'],
    // By the status alone.
    [401, 'who are you', 'unauthorized'],
    [403, 'no', 'permission-denied'],
    [404, 'gone', 'not-found'],
    [405, 'method not allowed', 'unsupported'],
    [409, 'busy', 'conflict'],
    [501, 'not implemented', 'unsupported'],
    [500, 'something else', 'engine-error'],
  ])('%i %s', (status, words, code) => {
    expect(explainRefusal(status, words).code).toBe(code)
  })

  it('keeps the engine’s words, its status and what to do next', () => {
    const refused = Object.assign(new Error('(HTTP code 409) conflict - x'), {
      statusCode: 409,
      json: { message: 'network with name \u001b[31mgnswarm\u202e already exists\n' },
    })
    const failure = callFailure(refused, call)
    expect(failure).toMatchObject({ code: 'conflict', host: 'tolkewitz', status: 409, cause: refused })
    expect(describeError(failure)).toBe(
      'tolkewitz: Cannot create the network gnswarm: network with name gnswarm already exists. Choose another name, or remove what has it.',
    )
  })

  it.each([
    ['plain text, as a Buffer', { json: Buffer.from('No such network: x\n') }, 'No such network: x'],
    ['a stream’s, in the message only', { json: null }, 'the body - with a dash'],
    ['an empty body', { json: Buffer.alloc(0) }, 'the engine answered with status 418'],
    ['JSON of another form', { json: { error: 1 } }, 'the body - with a dash'],
  ])('reads the words of %s', (_, over, words) => {
    const error = new Error('(HTTP code 418) unexpected - the body - with a dash ')
    const failure = callFailure(Object.assign(error, { statusCode: 418 }, over), call)
    expect(failure.message).toBe(`Cannot create the network gnswarm: ${words}`)
  })

  it('is cut where it would fill a screen', () => {
    const failure = callFailure(
      Object.assign(new Error('x'), { statusCode: 500, json: { message: 'y'.repeat(5000) } }),
      call,
    )
    expect(failure.message.length).toBeLessThan(700)
  })

  it('has no control characters from a name that we repeat', () => {
    const failure = callFailure(new Error('x'), { what: 'remove the network \u001b[2Jevil', host: 'tolkewitz' })
    expect(failure.message).toBe('Cannot remove the network evil: x')
  })
})

describe('a failed connection', () => {
  it.each([
    ['ECONNREFUSED', 'unreachable'],
    ['ECONNRESET', 'unreachable'],
    ['EPIPE', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
    ['EAI_AGAIN', 'unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['ENOENT', 'socket-missing'],
    ['ENOTSOCK', 'socket-missing'],
    ['EACCES', 'permission-denied'],
    ['EPERM', 'permission-denied'],
    ['EPROTO', 'protocol'],
    ['HPE_INVALID_CONSTANT', 'protocol'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'protocol'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'protocol'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'protocol'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['CERT_NOT_YET_VALID', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'unauthorized'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'unauthorized'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'unauthorized'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'unauthorized'],
  ])('%s is %s', (nodeCode, code) => {
    const explanation = explainConnectionFailure(Object.assign(new Error(nodeCode), { code: nodeCode }))
    expect(explanation?.code).toBe(code)
    expect(explanation?.remedy).toMatch(/\w/)
  })

  it('of several addresses is that of the first', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED ::1:2375'), { code: 'ECONNREFUSED' })
    expect(explainConnectionFailure(new AggregateError([refused, new Error('x')]))?.code).toBe('unreachable')
  })

  it('tells the host, why and what to do next', () => {
    const refused = Object.assign(new Error('connect EACCES /var/run/docker.sock'), { code: 'EACCES' })
    expect(
      describeError(callFailure(refused, { ...call, what: 'connect to the engine at unix:///var/run/docker.sock' })),
    ).toBe(
      'tolkewitz: Cannot connect to the engine at unix:///var/run/docker.sock: this user may not use the socket (connect EACCES /var/run/docker.sock). Add your user to the docker group (sudo usermod -aG docker $USER), then log in again, or use a host entry with ssh:// or TLS.',
    )
  })
})

describe('an error of ours', () => {
  it('gets the host where it has none', () => {
    const error = new SwarmNetworksError('protocol', 'odd', { remedy: 'Look.', status: 200 })
    expect(callFailure(error, call)).toMatchObject({
      code: 'protocol',
      host: 'tolkewitz',
      remedy: 'Look.',
      status: 200,
      message: 'Cannot create the network gnswarm: odd',
    })
  })

  it('stays as it is where it has one, or was cancelled', () => {
    const located = new SwarmNetworksError('unreachable', 'SSH was lost', { host: 'miltitz' })
    expect(callFailure(located, call)).toBe(located)
    const cancelled = new SwarmNetworksError('cancelled', 'Cancelled')
    expect(callFailure(cancelled, call)).toBe(cancelled)
  })
})
