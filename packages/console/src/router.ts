/** The pages of the console. What a clerk sees first comes at once, every other page when it is asked for. */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { DECIDING, READING } from './shell/console-pages.ts'
import type { Role } from './texts/shell-texts.ts'
import VerifyPage from './verify/VerifyPage.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** Whose page it is; absent: of whoever is signed in. */
    readonly roles?: readonly Role[]
    /** Shown to who is not signed in, too. */
    readonly isPublic?: true
  }
}

const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'verify', component: VerifyPage, meta: { roles: DECIDING } },
  {
    path: '/batch',
    name: 'batch',
    component: () => import('./batch/BatchPage.vue'),
    meta: { roles: DECIDING },
  },
  {
    path: '/sheet',
    name: 'sheet',
    component: () => import('./sheet/SheetPage.vue'),
    meta: { roles: DECIDING },
  },
  {
    path: '/sheets',
    name: 'sheets',
    component: () => import('./sheet/FindSheetPage.vue'),
    meta: { roles: READING },
  },
  {
    path: '/sheet/:number',
    name: 'kept-sheet',
    component: () => import('./sheet/KeptSheetPage.vue'),
    meta: { roles: READING },
  },
  {
    path: '/signed-in',
    name: 'signed-in',
    component: () => import('./session/SignedInPage.vue'),
    meta: { isPublic: true },
  },
  { path: '/:other(.*)*', name: 'not-found', component: () => import('./shell/NotFoundPage.vue') },
]

export const router = createRouter({ history: createWebHistory('/console/'), routes: [...routes] })
