// One call's budget. A kill is a longjmp to the frame in machine.c that began the call; the arena is copied back after
// it, so no Lua code, no pcall, handler, __close or finalizer runs once a limit is hit.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "machine.h"

#define HOOKS_A_CLOCK_READING 32

static uint64_t processor_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void rv_start_budget(rv_machine *m, const rv_limits *limits) {
    m->limits = *limits;
    m->fuel = (int64_t)limits->fuel;
    m->hooks = 0;
    m->processor_start = 0;
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
    m->limit = limit;
    m->killable = 0;
    if (m->trace.length == 0 && m->state) rv_trace_stack(m, m->state);
    longjmp(m->kill, 1);
}

void rv_charge(rv_machine *m, uint64_t fuel) {
    m->fuel -= (int64_t)(fuel < INT64_MAX / 2 ? fuel : INT64_MAX / 2);
    if (m->fuel < 0) rv_kill(m, RV_LIMIT_FUEL);
}

void rv_hook(lua_State *L, lua_Debug *ar) {
    (void)ar;
    rv_machine *m = rv_of(L);
    m->fuel -= RV_HOOK_PERIOD;
    int exhausted = m->fuel < 0, late = 0;
    // The clock is a backstop for work that fuel prices too low; ordinary calls end before it is read once.
    if (!exhausted && ++m->hooks % HOOKS_A_CLOCK_READING == 0) {
        uint64_t now = processor_now();
        if (m->processor_start == 0) m->processor_start = now;
        late = now - m->processor_start > m->limits.processor_nanoseconds;
    }
    if (!exhausted && !late) return;
    rv_trace_stack(m, L);
    rv_kill(m, exhausted ? RV_LIMIT_FUEL : RV_LIMIT_PROCESSOR_TIME);
}
