import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { resolveSshHost, type SshHost } from '../../../../src/adapters/ssh/ssh-host'
import { aMachine, temporaryFolder, write } from '../sources/temporary-folder'

const run = promisify(execFile)
const { homedir: home, username: user } = userInfo()

/** What a configuration comes to for one host. */
interface Answer {
  readonly hostname: string
  readonly port: string
  readonly user: string
  readonly identityfile: readonly string[]
  readonly identitiesonly: string
  readonly hostkeyalias: string
  readonly userknownhostsfile: string
  readonly stricthostkeychecking: string
  readonly proxyjump: string
  readonly proxycommand: string
  /** In seconds; `none` where it is not limited. */
  readonly connecttimeout: string
}

/** OpenSSH's own answer: `ssh -G` prints it and connects to nothing. It finds the home folder by itself. */
async function sshSays(file: string, alias: string): Promise<Answer> {
  const { stdout } = await run('ssh', ['-F', file, '-G', alias], { env: { PATH: process.env['PATH'] } })
  const lines = stdout.split('\n').map((line) => line.split(' '))
  const all = (keyword: string) => lines.flatMap(([name, ...rest]) => (name === keyword ? [rest.join(' ')] : []))
  const one = (keyword: string) => all(keyword)[0] ?? ''
  const strictness: Readonly<Record<string, string>> = { true: 'yes', false: 'accept-new' }
  return {
    hostname: one('hostname'),
    port: one('port'),
    user: one('user'),
    identityfile: withoutDefaults(all('identityfile')),
    identitiesonly: one('identitiesonly'),
    hostkeyalias: one('hostkeyalias'),
    userknownhostsfile: one('userknownhostsfile'),
    stricthostkeychecking: strictness[one('stricthostkeychecking')] ?? one('stricthostkeychecking'),
    proxyjump: one('proxyjump'),
    proxycommand: one('proxycommand'),
    connecttimeout: one('connecttimeout'),
  }
}

async function weSay(folder: string, alias: string): Promise<Answer> {
  const machine = aMachine({ home, user })
  const folders = { machine, user: join(folder, '.ssh'), system: join(folder, 'etc') }
  const host = await resolveSshHost({ kind: 'ssh', host: alias }, folders)
  const { hostName, port, identityFiles, identitiesOnly, hostKeyAlias, strictHostKeyChecking, proxyCommand } = host
  const usual = ['known_hosts', 'known_hosts2'].map((name) => join(folder, '.ssh', name))
  const known = host.userKnownHosts.map((path) => (usual.includes(path) ? path.replace(folder, home) : path))
  return {
    // ssh lowers it on the way to the name server, which makes no difference.
    hostname: hostName.toLowerCase(),
    port: String(port),
    user: host.user,
    identityfile: withoutDefaults(identityFiles.filter(({ from }) => from !== 'default').map(({ path }) => path)),
    identitiesonly: identitiesOnly ? 'yes' : 'no',
    hostkeyalias: hostKeyAlias ?? '',
    userknownhostsfile: known.join(' '),
    stricthostkeychecking: strictHostKeyChecking,
    proxyjump: host.jumps.map(jumpText).join(','),
    proxycommand: proxyCommand ?? '',
    connecttimeout: host.connectTimeoutMs === undefined ? 'none' : String(host.connectTimeoutMs / 1_000),
  }
}

/** The usual names are shown with `~`, all others as they come to be. */
function withoutDefaults(paths: readonly string[]): readonly string[] {
  return paths
    .filter((path) => !path.startsWith('~/.ssh/id_') && path !== 'none')
    .map((path) => path.replace('~', home))
}

function jumpText({ user: who, host, port }: SshHost['jumps'][number]): string {
  return `${who === undefined ? '' : `${who}@`}${host}${port === undefined ? '' : `:${port}`}`
}

/** INCLUDED is the path of a file with `included` in it. */
const included = 'User inc\nHost web2\n HostName two\nHost *\n HostKeyAlias incl\n'

const configurations: Readonly<Record<string, string>> = {
  'patterns and negation': 'Host web* !web3\n HostName a\nHost !web3 *\n User x\nHost we?\n Port 7\n',
  'negation alone': 'Host !web1\n User x\n',
  'the first value': 'Host web1\n Port 1\nHost *\n Port 2\n User a\nHost web1\n User b\n',
  'equal signs': 'Host=web1\nHostName=10.0.0.1\nPort = 2222\n',
  quotes: 'Host "web1" web2\n IdentityFile "/a b/key"\n UserKnownHostsFile "/a b" /c\n User \'joe\'\n',
  'a backslash before a blank': 'IdentityFile /a\\ b\n',
  comments: 'Host web1 # web2\n Port 23 # not 24\n # Port 25\n',
  tabs: 'Host\tweb1\n\tPort\t2222\n',
  'line ends of Windows': 'Host web1\r\n HostName b\r\n Port 77\r\n',
  'letters in any case': 'HOST WEB1\n Port 5\nHost web1\n USER Z\n',
  'tokens of HostName': 'Host web*\n HostName %h.example.org\n',
  jumps: 'Host web1\n ProxyJump a@b:23,c\nHost *\n ProxyJump d\n',
  'no jump': 'Host web1\n ProxyJump none\nHost *\n ProxyJump d\n',
  'a jump before a command': 'ProxyJump a\nProxyCommand nc b\n',
  'a command before a jump': 'ProxyCommand ssh -o Tag="a b" -W [x]:2 b\nProxyJump a\n',
  'no command': 'Host web1\n ProxyCommand none\nHost *\n ProxyCommand nc a\n',
  'Match host': 'Host web1\n HostName B\nMatch host b\n User x\nMatch !host b\n Port 99\nMatch user x\n Port 98\n',
  'Match host in any case': 'Match host WEB1\n Port 4\n',
  'Match originalhost': 'HostName b\nMatch originalhost web2\n Port 4\n',
  'Match with lists': `Match host web2,web* user root,${user}\n Port 4\nMatch host web*,!web1\n User y\n`,
  'Match all and localuser': `Match localuser ${user}\n Port 3\nMatch all\n User a\n`,
  'Match exec':
    'Match host web1 exec "test 1 = 1"\n Port 3\nMatch exec "exit 1"\n User no\nMatch !exec false\n User yes\n',
  'Match exec with tokens': 'HostName b\nMatch exec "test %h-%n-%p = b-web1-22"\n Port 3\n',
  'Match final': 'Host web1\n HostName b\nMatch final host b\n Port 4\nMatch final all\n IdentityFile /f\n',
  'Match canonical': 'Match canonical all\n Port 4\nMatch !canonical all\n User a\n',
  'host keys not checked': 'Host web1\n StrictHostKeyChecking no\nHost web2\n StrictHostKeyChecking off\n',
  'time to connect':
    'Host web1\n ConnectTimeout 7\nHost web2\n ConnectTimeout 1m30s\nHost web3\n ConnectTimeout none\n',
  'host keys checked': 'Host web1\n StrictHostKeyChecking yes\nHost web2\n StrictHostKeyChecking accept-new\n',
  'identity files':
    'IdentityFile ~/x\nIdentityFile /a\nIdentityFile /a\nHost web1\n IdentityFile /b\nIdentitiesOnly yes\n',
  'no identity file': 'IdentityFile none\n',
  'an alias for keys': 'Host web1\n HostKeyAlias foo\n',
  'known hosts in several files': 'UserKnownHostsFile /a ~/y\nUserKnownHostsFile /c\n',
  'Include in a block': 'Host web2\n Include INCLUDED\nHost *\n Port 8\n',
  'Include in another block': 'Host web1\n Include INCLUDED\n Port 9\nHost *\n Port 8\n',
  'Include at the top': 'Include INCLUDED\nPort 9\n',
}

describe('a configuration is read as ssh reads it', () => {
  it.each(Object.entries(configurations))('%s', async (_, config) => {
    const folder = await temporaryFolder()
    const file = join(folder, '.ssh/config')
    await write(join(folder, 'included'), included)
    await write(file, config.replaceAll('INCLUDED', join(folder, 'included')), 0o600)
    for (const alias of ['web1', 'web2', 'web3', 'WEB1'])
      expect({ alias, ...(await weSay(folder, alias)) }).toEqual({ alias, ...(await sshSays(file, alias)) })
  })
})
