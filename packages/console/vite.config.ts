/** The console as files: no inline script or style, each named by its content. */
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/console/',
  plugins: [vue({ features: { optionsAPI: false } })],
  build: {
    target: 'es2023',
    // A polyfill would be an inline script.
    modulePreload: { polyfill: false },
    // What is inlined as data: the policy of the page would refuse.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // What each page needs, for who measures it.
    manifest: true,
  },
})
