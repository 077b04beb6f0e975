import { describe, expect, it } from 'vitest'
import { isShellLike, parseWords } from '../../../../src/core/forms/command-line'
import { checkContainerName, sameNameElsewhere, suggestContainerName } from '../../../../src/core/forms/container-name'
import { findImageById, isPresent, parseImageReference } from '../../../../src/core/forms/image-reference'
import { environmentRules, labelRules, parseKeyValues } from '../../../../src/core/forms/key-values'
import { findPortConflict, parsePublishedPorts } from '../../../../src/core/forms/published-ports'
import { aContainer, anId, aSwarmOfThree } from '../../builders'

const fleet = aSwarmOfThree()
const tolkewitz = 'settings:tolkewitz'

describe('checkContainerName', () => {
  it.each(['we', 'Web_1.a-b', '0x'])('takes %j', (name) => {
    expect(checkContainerName(name, fleet, tolkewitz)).toBeUndefined()
  })

  it.each([
    ['', 'needs a name'],
    ['w', 'At least two characters'],
    ['-web', 'letter or digit first'],
    ['we b', 'letters, digits'],
    ['we/b', 'letters, digits'],
    ['x'.repeat(64), 'cannot be resolved'],
    ['web', '"web" already at tolkewitz (nginx:latest, running)'],
  ])('refuses %j', (name, problem) => {
    expect(checkContainerName(name, fleet, tolkewitz)).toContain(problem)
  })

  it('is about one host: another may have the name, which is then told', () => {
    const gnswarm = fleet.networks.find(({ name }) => name === 'gnswarm')!
    expect(checkContainerName('shell1', fleet, tolkewitz)).toBeUndefined()
    expect(sameNameElsewhere('shell1', gnswarm, tolkewitz)).toEqual(['miltitz'])
    expect(sameNameElsewhere('web', gnswarm, tolkewitz)).toEqual([])
  })
})

describe('suggestContainerName', () => {
  it.each([
    ['alpine:latest', 'alpine'],
    ['registry.example:5000/team/api:1.2', 'api'],
    ['nginx@sha256:abc', 'nginx'],
    ['web', 'web-2'],
    ['x', 'container'],
  ])('%s: %s', (image, name) => {
    expect(suggestContainerName(image, fleet)).toBe(name)
  })
})

describe('parseImageReference', () => {
  it.each([
    ['nginx', 'nginx:latest'],
    [' nginx ', 'nginx:latest'],
    ['nginx:1.27-alpine', 'nginx:1.27-alpine'],
    ['docker.io/library/nginx', 'nginx:latest'],
    ['docker.io/team/api:2', 'team/api:2'],
    ['localhost:5000/team/api', 'localhost:5000/team/api:latest'],
    ['ghcr.io/a/b__c/d-e:V_1', 'ghcr.io/a/b__c/d-e:V_1'],
    [`nginx@sha256:${'a'.repeat(64)}`, `nginx@sha256:${'a'.repeat(64)}`],
  ])('reads %j as %s', (text, reference) => {
    expect(parseImageReference(text)).toEqual({ isValid: true, value: reference })
  })

  it.each([
    ['', 'name of an image'],
    ['Nginx', 'lower case'],
    ['nginx:', 'not a tag'],
    ['nginx:-1', 'not a tag'],
    ['a b', 'not part of an image’s name'],
    ['a//b', 'not part of an image’s name'],
    ['nginx@sha256', 'comes a digest'],
    ['nginx@sha256:ab@c', 'comes a digest'],
    ['-bad.example/x', 'address of a registry'],
  ])('refuses %j', (text, problem) => {
    expect(parseImageReference(text)).toEqual({ isValid: false, problem: expect.stringContaining(problem) as string })
  })

  it('knows what a host has, by tag or by the beginning of an ID', () => {
    const images = [{ id: `sha256:${anId('nginx')}`, tags: ['nginx:latest'] }]
    expect(isPresent('nginx:latest', images)).toBe(true)
    expect(isPresent('nginx:1', images)).toBe(false)
    expect(findImageById(anId('nginx').slice(0, 12), images)).toBe(images[0])
    expect(findImageById(`sha256:${anId('nginx')}`, images)).toBe(images[0])
    expect(findImageById(anId('nginx').slice(0, 11), images)).toBeUndefined()
    expect(findImageById('nginx', images)).toBeUndefined()
  })
})

describe('parseWords', () => {
  it.each([
    ['', []],
    ['sh -c "echo hello  world"', ['sh', '-c', 'echo hello  world']],
    [`a 'b "c"' d"e f"g`, ['a', 'b "c"', 'de fg']],
    ['a "" b', ['a', '', 'b']],
    ['C:\\dir\\x', ['C:\\dir\\x']],
  ])('splits %j', (text, words) => {
    expect(parseWords(text)).toEqual({ isValid: true, value: words })
  })

  it.each([`echo "hello`, `it's`, `"a'b`])('refuses %j', (text) => {
    expect(parseWords(text).isValid).toBe(false)
  })
})

describe('isShellLike', () => {
  it.each([
    [['sh'], 'nginx:latest', true],
    [['/bin/bash'], 'nginx:latest', true],
    [['sh', '-c', 'sleep 9'], 'alpine', false],
    [['sleep', '9'], 'alpine', false],
    [[], 'alpine:3.20', true],
    [[], 'docker.io/library/ubuntu@sha256:0', true],
    [[], 'nginx:latest', false],
  ])('%j of %s: %s', (command, image, answer) => {
    expect(isShellLike(command, image)).toBe(answer)
  })
})

describe('parseKeyValues', () => {
  it('reads variables', () => {
    expect(parseKeyValues('A=1 B="two words" C= D=x=y', environmentRules)).toEqual({
      isValid: true,
      value: { A: '1', B: 'two words', C: '', D: 'x=y' },
    })
  })

  it('reads labels, a key alone being empty', () => {
    expect(parseKeyValues('com.example/team=blue seen', labelRules)).toEqual({
      isValid: true,
      value: { 'com.example/team': 'blue', seen: '' },
    })
  })

  it('is not led astray by names that objects have anyway', () => {
    const parsed = parseKeyValues('constructor=1 toString=2', labelRules)
    expect(parsed.isValid && Object.entries(parsed.value)).toEqual([
      ['constructor', '1'],
      ['toString', '2'],
    ])
  })

  it.each([
    ['A', environmentRules, 'write A=VALUE'],
    ['=1', environmentRules, 'no name before'],
    ['1A=1', environmentRules, 'not a digit first'],
    ['A=1 A=2', environmentRules, 'variable A is given twice'],
    ['A="1', environmentRules, 'not closed'],
    ['a=1 a=2', labelRules, 'label a is given twice'],
    ['com.docker.swarm.internal=1', labelRules, 'the swarm’s own'],
  ])('refuses %j', (text, rules, problem) => {
    expect(parseKeyValues(text, rules)).toEqual({ isValid: false, problem: expect.stringContaining(problem) as string })
  })
})

describe('parsePublishedPorts', () => {
  it.each([
    ['', []],
    ['80', [{ containerPort: 80, protocol: 'tcp' }]],
    ['8080:80', [{ hostPort: 8080, containerPort: 80, protocol: 'tcp' }]],
    ['53:53/udp', [{ hostPort: 53, containerPort: 53, protocol: 'udp' }]],
    ['127.0.0.1:8080:80', [{ hostAddress: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'tcp' }]],
    ['127.0.0.1::80', [{ hostAddress: '127.0.0.1', containerPort: 80, protocol: 'tcp' }]],
    ['[::1]:8080:80', [{ hostAddress: '::1', hostPort: 8080, containerPort: 80, protocol: 'tcp' }]],
    [
      '80, 53:53/udp 53:53/tcp',
      [
        { containerPort: 80, protocol: 'tcp' },
        { hostPort: 53, containerPort: 53, protocol: 'udp' },
        { hostPort: 53, containerPort: 53, protocol: 'tcp' },
      ],
    ],
  ])('reads %j', (text, ports) => {
    expect(parsePublishedPorts(text)).toEqual({ isValid: true, value: ports })
  })

  it.each([
    ['0', 'not a port'],
    ['65536:80', 'not a port'],
    ['80:', 'is not a port'],
    ['x:80', 'is not a port'],
    ['web', 'write 8080:80'],
    ['80/sctp', 'neither tcp nor udp'],
    ['8000-8010:80', 'ranges'],
    ['1.2.3:80:80', 'not an IP address'],
    ['8080:80 8080:81', 'given twice'],
    ['8080:80 127.0.0.1:8080:81', 'given twice'],
  ])('refuses %j', (text, problem) => {
    expect(parsePublishedPorts(text)).toEqual({ isValid: false, problem: expect.stringContaining(problem) as string })
  })
})

describe('findPortConflict', () => {
  function taken(hostAddress: string) {
    return [aContainer({ ports: [{ privatePort: 80, protocol: 'tcp', publicPort: 8080, hostAddress }] })]
  }

  it.each([
    ['8080:80', '0.0.0.0', true],
    ['8080:80', '127.0.0.1', true],
    ['127.0.0.1:8080:80', '0.0.0.0', true],
    ['127.0.0.1:8080:80', '127.0.0.2', false],
    ['8081:80', '0.0.0.0', false],
    ['8080:80/udp', '0.0.0.0', false],
    ['80', '0.0.0.0', false],
  ])('%s while %s:8080 is taken: %s', (text, address, isTaken) => {
    const ports = parsePublishedPorts(text)
    const answer = ports.isValid ? findPortConflict(ports.value, taken(address), 'tolkewitz') : 'not read'
    if (isTaken) expect(answer).toMatch(/^The port .*8080\/tcp of tolkewitz is taken by the container "web"\.$/)
    else expect(answer).toBeUndefined()
  })

  it('is not troubled by ports that are only exposed', () => {
    const ports = parsePublishedPorts('80:80')
    expect(ports.isValid && findPortConflict(ports.value, [aContainer()], 'tolkewitz')).toBeUndefined()
  })
})
