import { createRequire } from 'node:module'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import hardhatEthersChaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers'
import hardhatMocha from '@nomicfoundation/hardhat-mocha'
import hardhatNetworkHelpers from '@nomicfoundation/hardhat-network-helpers'
import { defineConfig } from 'hardhat/config'

const require = createRequire(import.meta.url)

/**
 * `HEFU_TEST_PROFILE=long`: the invariants over a million calls (2,000 campaigns of 500), each fuzz test over 10,000
 * inputs; about a quarter of an hour. By default 64 campaigns of 400, half a minute: in 100 calls too little comes about
 * that the invariants could be broken by. Memory grows with neither number, 0.3 GB were measured at 100,000 calls.
 */
const isLong = process.env['HEFU_TEST_PROFILE'] === 'long'
/**
 * Solidity tests deploy the ledger from its artifacts. Because reading a file is impure, the runner does not repeat a
 * test that failed with every instruction traced, for its stack trace: of one long life such a trace takes 0.2 GB a
 * second, more than 20 GB in the end. `-vvvvv` asks for it all the same.
 */
const fsPermissions = { readDirectory: ['artifacts'] }
const LONG = {
  fsPermissions,
  fuzz: { runs: 10_000 },
  invariant: { runs: 2_000, depth: 500, failOnRevert: true },
}
const SHORT = { fsPermissions, fuzz: { runs: 256 }, invariant: { runs: 64, depth: 400, failOnRevert: true } }

export default defineConfig({
  plugins: [hardhatEthers, hardhatEthersChaiMatchers, hardhatMocha, hardhatNetworkHelpers],
  solidity: {
    // Deployed beside the ledger, so its artifact is needed.
    npmFilesToBuild: ['@openzeppelin/contracts/access/manager/AccessManager.sol'],
    compilers: [
      {
        version: '0.8.37',
        // The compiler comes from the package registry, pinned by the lockfile: nothing is downloaded at build time.
        path: require.resolve('solc/soljson.js'),
        // Through Yul the contract is a fifth smaller, and its size is bounded (EIP-170).
        settings: {
          optimizer: { enabled: true, runs: 200 },
          viaIR: true,
          evmVersion: 'cancun',
          outputSelection: { '*': { '*': ['storageLayout'] } },
        },
      },
    ],
  },
  test: {
    solidity: isLong ? LONG : SHORT,
    mocha: { reporter: './test/keeping-failures.ts', reporterOptions: { suite: 'contracts' } },
  },
  paths: { tests: { mocha: 'test/contracts', solidity: 'test/contracts' } },
})
