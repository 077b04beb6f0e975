import { readFileSync } from 'node:fs'
import { run } from './run.mjs'

const lockFile = 'package-lock.json'
/** npm's own record of what it has put into node_modules; written last, so it is missing where an install was broken off. */
const installedFile = 'node_modules/.package-lock.json'

/** Installs exactly the packages of the lock file, where other ones or none are installed. No package's script is run. */
export async function installPackages() {
  if (isInstalled()) return
  console.log('Installing the packages of package-lock.json …')
  const status = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
  if (status !== 0) throw new Error(`npm ci ended with status ${status}: see above.`)
}

function isInstalled() {
  const wanted = packagesOf(lockFile)
  const present = packagesOf(installedFile)
  if (wanted === undefined) throw new Error(`${lockFile} cannot be read.`)
  if (present === undefined) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    // The first entry is this project; optional ones are for other platforms.
    if (path === '' || (optional && !(path in present))) return true
    return present[path]?.version === version
  })
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
