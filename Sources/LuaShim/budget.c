// One call's budget. A kill is a longjmp to the frame in machine.c that began the call; the arena is copied back after
// it, so no Lua code, no pcall, handler, __close or finalizer runs once a limit is hit.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "machine.h"

#define CALLS_TOO_DEEP 5000
#define CHARGES_A_CLOCK_READING 64

#ifdef CLOCK_MONOTONIC_COARSE
#define COARSE_CLOCK CLOCK_MONOTONIC_COARSE  // steps of some milliseconds, read in a few nanoseconds
#else
#define COARSE_CLOCK CLOCK_MONOTONIC
#endif

static uint64_t read_clock(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void rv_start_budget(rv_machine *m, const rv_limits *limits) {
    m->limits = *limits;
    m->fuel = (int64_t)limits->fuel;
    m->charges = 0;
    m->coarse_read = read_clock(COARSE_CLOCK);
    m->processor_start = 0;
    m->running = NULL;
    m->closing = 0;
    m->walked = 0;
    m->limit = RV_LIMIT_NONE;
    m->output.length = m->printed.length = m->trace.length = 0;
    m->nodes = 0;
    m->key_count = 0;
    rv_arena_mark(m);
}

void rv_trace_stack(rv_machine *m, lua_State *L) {
    lua_Debug ar;
    char line[160];
    int frames = 0;
    for (int level = 0; frames < RV_TRACE_MOST && lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sln", &ar);
        if (ar.currentline < 0) continue;
        int n = snprintf(line, sizeof line, "%s:%d:%s\n", ar.short_src, ar.currentline, ar.name ? ar.name : "");
        if (n > 0) rv_append(m, &m->trace, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
        frames++;
    }
}

_Noreturn void rv_kill(rv_machine *m, rv_limit limit) {
    if (!m->killable) abort();        // no call is running: a defect of the shim, never a script's doing
    lua_State *L = m->running ? m->running : m->state;
    lua_Debug ar;
    // The block that grew too large was the stack.
    if (limit == RV_LIMIT_BLOCK && L && lua_getstack(L, CALLS_TOO_DEEP, &ar)) limit = RV_LIMIT_RECURSION;
    m->limit = limit;
    m->killable = 0;
    if (m->trace.length == 0 && L) rv_trace_stack(m, L);
    longjmp(m->kill, 1);
}

// The clock is a backstop for work that fuel prices too low. Most calls end before its first step is over, and the
// processor's own clock, which takes longer to ask, is asked once a step. What a call took before it was first asked is
// known by the coarse clock, which runs on while other threads have the processor: at most half of the time allowed.
void rv_check_clock(rv_machine *m) {
    uint64_t coarse = read_clock(COARSE_CLOCK);
    if (coarse == m->coarse_read) return;
    uint64_t now = read_clock(CLOCK_THREAD_CPUTIME_ID);
    if (m->processor_start == 0) {
        uint64_t before = coarse - m->coarse_read, most = m->limits.processor_nanoseconds / 2;
        m->processor_start = now - (before < most ? before : most);
    }
    m->coarse_read = coarse;
    if ((int64_t)(now - m->processor_start) > (int64_t)m->limits.processor_nanoseconds) rv_kill(m, RV_LIMIT_PROCESSOR_TIME);
}

void rv_charge(rv_machine *m, uint64_t fuel) {
    m->fuel -= (int64_t)(fuel < INT64_MAX / 2 ? fuel : INT64_MAX / 2);
    if (m->fuel < 0) rv_kill(m, RV_LIMIT_FUEL);
    if (++m->charges % CHARGES_A_CLOCK_READING == 0) rv_check_clock(m);
}

void rv_set_hook(rv_machine *m) {
    lua_sethook(m->state, rv_hook, m->covering ? LUA_MASKCOUNT | LUA_MASKLINE : LUA_MASKCOUNT, RV_HOOK_PERIOD);
}

void rv_hook(lua_State *L, lua_Debug *ar) {
    rv_machine *m = rv_of(L);
    if (ar->event == LUA_HOOKLINE) { rv_cover_line(m, L, ar); return; }
    m->running = L;
    m->fuel -= RV_HOOK_PERIOD;
    if (m->fuel < 0) rv_kill(m, RV_LIMIT_FUEL);
    rv_check_clock(m);
}
