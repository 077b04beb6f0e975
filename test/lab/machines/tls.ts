import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { labName, type LabPaths } from '../support/paths'
import { runCommand } from '../support/run-command'
import { exists, machineOverlay } from './credentials'
import type { MachineDescription } from './description'

/** The folder with the client's ca.pem, cert.pem and key.pem, as DOCKER_CERT_PATH takes it. */
export const tlsFolder = (paths: LabPaths): string => join(paths.state, 'tls')

const validDays = '365'

/** Makes an authority, a client certificate and one for each machine that listens on TLS, where they are missing. */
export async function writeCertificates(
  paths: LabPaths,
  machines: readonly MachineDescription[],
  signal: AbortSignal,
): Promise<string> {
  const folder = tlsFolder(paths)
  const openssl = (...args: readonly string[]): Promise<string> =>
    runCommand(['openssl', ...args], { signal, timeoutMs: 20_000 })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const

  /** One certificate of the lab's authority, as PREFIXcert.pem and PREFIXkey.pem. */
  const issue = async (prefix: string, subject: string, extensions: string): Promise<void> => {
    const request = `${prefix}request.pem`
    await writeFile(`${prefix}extensions`, extensions)
    await openssl('req', ...newKey, '-subj', `/CN=${subject}`, '-keyout', `${prefix}key.pem`, '-out', request)
    const authority = ['-CA', join(folder, 'ca.pem'), '-CAkey', join(folder, 'ca-key.pem')]
    const serial = ['-set_serial', `0x${Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex')}`]
    await openssl(
      ...['x509', '-req', '-in', request, ...authority, ...serial, '-days', validDays],
      ...['-extfile', `${prefix}extensions`, '-out', `${prefix}cert.pem`],
    )
    await Promise.all([rm(request), rm(`${prefix}extensions`)])
  }

  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!(await exists(join(folder, 'cert.pem')))) {
    await openssl(
      ...['req', '-x509', ...newKey, '-days', validDays, '-subj', `/CN=${labName}`],
      ...['-keyout', join(folder, 'ca-key.pem'), '-out', join(folder, 'ca.pem')],
    )
    await issue(`${folder}/`, 'lab client', 'extendedKeyUsage = clientAuth\n')
  }
  for (const machine of machines.filter(({ tcp }) => tcp === 'tls')) {
    const server = join(machineOverlay(paths, machine.name), 'etc', 'docker', 'tls')
    if (await exists(join(server, 'ca.pem'))) continue
    await mkdir(server, { recursive: true })
    const names = `DNS:${machine.name},IP:${machine.address},IP:127.0.0.1`
    await issue(`${server}/`, machine.name, `subjectAltName = ${names}\nextendedKeyUsage = serverAuth\n`)
    await copyFile(join(folder, 'ca.pem'), join(server, 'ca.pem'))
  }
  return folder
}
