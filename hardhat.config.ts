import { createRequire } from 'node:module'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import hardhatEthersChaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers'
import hardhatMocha from '@nomicfoundation/hardhat-mocha'
import hardhatNetworkHelpers from '@nomicfoundation/hardhat-network-helpers'
import { defineConfig } from 'hardhat/config'

const require = createRequire(import.meta.url)

/** `HEFU_TEST_PROFILE=long`: the invariants over a million calls, each fuzz test over 10,000 inputs. */
const isLong = process.env['HEFU_TEST_PROFILE'] === 'long'
/** Solidity tests deploy the ledger from its artifacts. */
const fsPermissions = { readDirectory: ['artifacts'] }
const LONG = { fsPermissions, fuzz: { runs: 10_000 }, invariant: { runs: 2_000, depth: 500, failOnRevert: true } }
const SHORT = { fsPermissions, fuzz: { runs: 256 }, invariant: { runs: 64, depth: 100, failOnRevert: true } }

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
  test: { solidity: isLong ? LONG : SHORT },
  paths: { tests: { mocha: 'test/contracts', solidity: 'test/contracts' } },
})
