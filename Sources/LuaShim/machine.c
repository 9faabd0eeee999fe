// A machine: one arena, the state in it, and the protected calls that Swift makes.
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "machine.h"

struct rv_image {
    size_t written, frozen;           // how many bytes each part of the arena has, the one after the other below
    rv_program *program;              // a call may still require a module
    lua_State *state;
    rv_type types[RV_TYPES_MOST];
    uint8_t bytes[];
};

typedef struct {
    int action;                       // ACT_…
    const rv_source *source;
    const char *module, *key, *text;
    size_t length, root, second;
    int reference;
    uint16_t type;
} request;

enum { ACT_OPEN, ACT_DEFINE, ACT_STRICT, ACT_PRINT, ACT_LOAD, ACT_RUN, ACT_REFERENCE, ACT_READ, ACT_COLLECT, ACT_CALL, ACT_DUMP };

rv_machine *rv_machine_new(size_t arena_bytes) {
    rv_machine *m = calloc(1, sizeof *m);
    if (!m) return NULL;
    m->arena = rv_arena_map(arena_bytes);
    m->arena_bytes = arena_bytes;
    if (m->arena == MAP_FAILED) { free(m); return NULL; }
    return m;
}

static void *keep(rv_program *p, void *block) {
    kept *k = malloc(sizeof *k);
    if (!k || !block) abort();
    *k = (kept){ .block = block, .next = p->kept };
    p->kept = k;
    return block;
}

static rv_program *retain(rv_program *p) {
    if (p) p->references++;
    return p;
}

static void release(rv_program *p) {
    if (!p || --p->references > 0) return;
    while (p->kept) {
        kept *k = p->kept;
        p->kept = k->next;
        free(k->block);
        free(k);
    }
    release(p->base);
    free(p);
}

static char *keep_copy(rv_program *p, const char *bytes, size_t length) {
    char *copy = keep(p, malloc(length + 1));
    if (length) memcpy(copy, bytes, length);
    copy[length] = 0;
    return copy;
}

static rv_program *new_program(const rv_source *sources, size_t count) {
    rv_program *p = calloc(1, sizeof *p);
    if (!p) abort();
    p->references = 1;
    p->sources = keep(p, calloc(count + 1, sizeof *p->sources));
    p->source_count = count;
    if (count) memcpy(p->sources, sources, count * sizeof *sources);
    return p;
}

void rv_machine_free(rv_machine *m) {
    munmap(m->arena, m->arena_bytes);
    release(m->program);
    free(m->output.bytes);
    free(m->printed.bytes);
    free(m->trace.bytes);
    free(m->missed.bytes);
    rv_forget_covered(m);
    free(m->keys);
    free(m);
}

// Called by lua_pcall with the error on the stack: notes where it happened, before the stack unwinds.
static int on_error(lua_State *L) {
    rv_machine *m = rv_of(L);
    m->trace.length = 0;
    rv_trace_stack(m, L);
    return 1;
}

static const char *put_text(rv_machine *m, lua_State *L, int index) {
    size_t length;
    const char *text = lua_tolstring(L, index, &length);
    if (length > 4096) length = 4096;
    m->output.length = 0;
    rv_append(m, &m->output, text, length);
    return text;
}

static void push_reference(lua_State *L, const request *r) {
    lua_pushcfunction(L, rv_require);
    lua_pushstring(L, r->module);
    lua_call(L, 1, 1);
    if (!r->key) return;
    if (!lua_istable(L, -1)) { lua_pushnil(L); return; }
    lua_pushstring(L, r->key);
    lua_rawget(L, -2);
}

static int append_dump(lua_State *L, const void *bytes, size_t length, void *machine) {
    (void)L;
    rv_machine *m = machine;
    rv_append(m, &m->output, bytes, length);
    return 0;
}

// Runs inside lua_pcall. Gives the outcome as an integer on the stack, the bytes in m->output.
static int act(lua_State *L) {
    request *r = lua_touserdata(L, 1);
    rv_machine *m = rv_of(L);
    int outcome = RV_RETURNED;
    switch (r->action) {
    case ACT_OPEN: rv_open_base(L); break;
    case ACT_DEFINE: rv_define(L, r->type); break;
    case ACT_STRICT: rv_open_strict(L); break;
    case ACT_PRINT: rv_open_print(L); break;
    case ACT_LOAD:
        lua_pushcfunction(L, rv_require);
        lua_pushstring(L, r->module);
        lua_call(L, 1, 0);
        break;
    case ACT_RUN:
        if (rv_compile(L, r->text, r->length, r->module) != LUA_OK) return lua_error(L);
        if (r->reference) {
            lua_rawgeti(L, LUA_REGISTRYINDEX, r->reference);
            if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
        }
        lua_call(L, 0, LUA_MULTRET);
        {
            int count = lua_gettop(L) - 1;
            uint8_t tag = count ? RV_LIST : RV_EMPTY;
            uint32_t size = (uint32_t)count;
            rv_append(m, &m->output, &tag, 1);
            if (count) rv_append(m, &m->output, &size, 4);
            for (int i = 0; i < count; i++) rv_write_value(L, 2 + i);
        }
        break;
    case ACT_REFERENCE:
        push_reference(L, r);
        r->reference = lua_isnil(L, -1) ? 0 : luaL_ref(L, LUA_REGISTRYINDEX);
        break;
    case ACT_READ:
        lua_rawgeti(L, LUA_REGISTRYINDEX, r->reference);
        rv_write_value(L, -1);
        break;
    case ACT_COLLECT: rv_collect(L); break;
    case ACT_DUMP:
        if (rv_compile(L, r->text, r->length, r->module) != LUA_OK) return lua_error(L);
        lua_dump(L, append_dump, m, 0);
        break;
    case ACT_CALL:
        lua_rawgeti(L, LUA_REGISTRYINDEX, r->reference);
        rv_push_input(L, m->input, r->root);
        if (r->second) rv_push_input(L, m->input, r->second);
        lua_call(L, r->second ? 2 : 1, 1);
        outcome = rv_sentinel(L, -1);
        if (outcome == RV_RETURNED) rv_write_value(L, -1);
        else put_text(m, L, -1);
        break;
    }
    lua_pushinteger(L, outcome);
    return 1;
}

static rv_result result_of(rv_machine *m, rv_outcome outcome) {
    rv_result result = { .outcome = outcome, .limit = m->limit, .bytes = m->output.bytes, .length = m->output.length };
    result.printed = (const char *)m->printed.bytes;
    result.printed_length = m->printed.length;
    result.trace = (const char *)m->trace.bytes;
    result.trace_length = m->trace.length;
    // Which instruction the clock stops differs from run to run: such a call has used all.
    int all = m->fuel < 0 || m->limit == RV_LIMIT_PROCESSOR_TIME;
    result.fuel_used = m->limits.fuel - (uint64_t)(all ? 0 : m->fuel);
    result.memory_peak = rv_arena_peak(m);
    return result;
}

static rv_result failed_call(rv_machine *m, lua_State *L) {
    if (lua_type(L, -1) == LUA_TSTRING) {
        put_text(m, L, -1);
    } else {
        m->output.length = 0;
        char what[96];
        snprintf(what, sizeof what, "the script raised a %s instead of a message", luaL_typename(L, -1));
        rv_append(m, &m->output, what, strlen(what));
    }
    rv_result result = result_of(m, RV_FAILED);
    static const char eof[] = "<eof>";
    size_t n = sizeof eof - 1;
    result.incomplete_input = result.length >= n && memcmp(result.bytes + result.length - n, eof, n) == 0;
    return result;
}

// The one frame to which every kill returns.
static rv_result protect(rv_machine *m, request *r) {
    lua_State *L = m->state;
    m->compiling = 0;
    m->running = L;
    if (setjmp(m->kill)) {
        m->key_count = 0;
        return result_of(m, RV_KILLED);
    }
    m->killable = 1;
    lua_settop(L, 0);
    lua_pushcfunction(L, on_error);
    lua_pushcfunction(L, act);
    lua_pushlightuserdata(L, r);
    int status = lua_pcall(L, 1, 1, 1);
    rv_result result;
    if (status == LUA_OK) result = result_of(m, (rv_outcome)lua_tointeger(L, -1));
    else result = failed_call(m, L);
    m->key_count = 0;
    lua_settop(L, 0);
    m->killable = 0;
    return result;
}

static rv_result build(rv_machine *m, request *r) {
    m->output.length = m->printed.length = m->trace.length = 0;
    m->nodes = 0;
    m->limit = RV_LIMIT_NONE;
    return protect(m, r);
}

rv_result rv_begin(rv_machine *m, const rv_source *sources, size_t count, const rv_limits *limits) {
    rv_arena_reset(m);
    m->laid_out = NULL;
    m->dirty = RV_DIRTY_WHOLE;
    m->building = 1;
    m->compiling = 0;
    memset(m->types, 0, sizeof m->types);
    release(m->program);
    m->program = new_program(sources, count);
    rv_start_budget(m, limits);
    rv_seed(m, 0);
    m->state = NULL;
    m->births = 0;
    m->strings = NULL;
    if (setjmp(m->kill)) return result_of(m, RV_KILLED);
    m->killable = 1;
    lua_State *L = lua_newstate(rv_arena_allocate, m);
    lua_gc(L, LUA_GCSTOP);
    *(rv_machine **)lua_getextraspace(L) = m;
    m->state = L;
    rv_set_hook(m);
    return protect(m, &(request){ .action = ACT_OPEN });
}

rv_result rv_begin_from(rv_machine *m, const rv_image *base, const rv_source *sources, size_t count, const rv_limits *limits) {
    rv_resume(m, base, limits);
    m->laid_out = NULL;
    rv_program *program = new_program(sources, count);
    program->base = m->program;
    m->program = program;
    return result_of(m, RV_RETURNED);
}

rv_result rv_define_type(rv_machine *m, uint16_t type, const char *name, const char *const *fields, size_t count, int is_row,
                         const char *kind) {
    rv_type *t = &m->types[type % RV_TYPES_MOST];
    memset(t, 0, sizeof *t);
    snprintf(t->name, sizeof t->name, "%s", name);
    snprintf(t->kind, sizeof t->kind, "%s", kind ? kind : "");
    t->is_row = (uint8_t)is_row;
    t->count = count;
    t->fields = keep(m->program, calloc(count + 1, sizeof *t->fields));
    for (size_t i = 0; i < count; i++) t->fields[i] = keep_copy(m->program, fields[i], strlen(fields[i]));
    return build(m, &(request){ .action = ACT_DEFINE, .type = type % RV_TYPES_MOST });
}

rv_result rv_set_strict(rv_machine *m) { return build(m, &(request){ .action = ACT_STRICT }); }

rv_result rv_set_printing(rv_machine *m) { return build(m, &(request){ .action = ACT_PRINT }); }

rv_result rv_load(rv_machine *m, const char *module) {
    return build(m, &(request){ .action = ACT_LOAD, .module = module });
}

int rv_reference(rv_machine *m, const char *module, const char *key) {
    request r = { .action = ACT_REFERENCE, .module = module, .key = key };
    return build(m, &r).outcome == RV_RETURNED ? r.reference : 0;
}

int rv_definition(rv_machine *m, int reference, char file[64]) {
    lua_Debug ar;
    file[0] = 0;
    lua_settop(m->state, 0);
    if (lua_rawgeti(m->state, LUA_REGISTRYINDEX, reference) != LUA_TFUNCTION) { lua_settop(m->state, 0); return 0; }
    lua_getinfo(m->state, ">S", &ar);
    snprintf(file, 64, "%s", ar.short_src);
    return ar.linedefined;
}

rv_result rv_read(rv_machine *m, int reference) {
    return build(m, &(request){ .action = ACT_READ, .reference = reference });
}

rv_image *rv_take_image(rv_machine *m) {
    m->limits.memory_bytes = m->limits.block_bytes = SIZE_MAX;
    m->fuel = INT64_MAX;
    if (build(m, &(request){ .action = ACT_COLLECT }).outcome != RV_RETURNED) return NULL;
    if (!rv_arena_settle(m)) abort();  // a call would find freed what an image left out
    size_t frozen, written = rv_arena_written(m);
    const uint8_t *frozen_bytes = rv_arena_frozen(m, &frozen);
    rv_image *image = malloc(sizeof *image + written + frozen);
    if (!image) return NULL;
    image->written = written;
    image->frozen = frozen;
    image->program = retain(m->program);
    image->state = m->state;
    memcpy(image->types, m->types, sizeof m->types);
    memcpy(image->bytes, m->arena, written);
    memcpy(image->bytes + written, frozen_bytes, frozen);
    m->laid_out = image;
    m->dirty = RV_CLEAN;
    return image;
}

// Whether the arena holds the image to the byte.
static int holds(const rv_machine *m, const rv_image *image) {
    size_t length;
    const uint8_t *frozen = rv_arena_frozen(m, &length);
    return memcmp(m->arena, image->bytes, image->written) == 0
        && memcmp(frozen, image->bytes + image->written, image->frozen) == 0;
}

static void lay_out(rv_machine *m, const rv_image *image) {
    if (m->laid_out == image && m->dirty == RV_CLEAN) return;
    memcpy(m->arena, image->bytes, image->written);
    size_t length;
    uint8_t *frozen = rv_arena_frozen(m, &length);
    if (m->laid_out != image || m->dirty == RV_DIRTY_WHOLE) memcpy(frozen, image->bytes + image->written, image->frozen);
#ifdef DEBUG
    if (!holds(m, image)) abort();  // a call wrote what no call may write
#endif
    if (m->laid_out != image) {
        memcpy(m->types, image->types, sizeof m->types);
        release(m->program);
        m->program = retain(image->program);
        m->state = image->state;
        m->laid_out = image;
    }
    m->dirty = RV_CLEAN;
}

int rv_image_returns(rv_machine *m, const rv_image *image) {
    lay_out(m, image);
    return holds(m, image);
}

void rv_resume(rv_machine *m, const rv_image *image, const rv_limits *limits) {
    lay_out(m, image);
    rv_start_budget(m, limits);
    m->dirty = RV_DIRTY_WHOLE;
    m->building = 1;
    if (m->covering) rv_set_hook(m);
}

size_t rv_image_bytes(const rv_image *image) { return image->written + image->frozen; }
size_t rv_image_copied_bytes(const rv_image *image) { return image->written; }

void rv_image_free(rv_machine *m, rv_image *image) {
    if (m->laid_out == image) m->laid_out = NULL;
    release(image->program);
    free(image);
}

static void begin_call(rv_machine *m, const rv_image *image, uint64_t seed, const rv_limits *limits) {
    lay_out(m, image);
    m->dirty = RV_DIRTY_WRITTEN;
    m->building = 0;
    rv_start_budget(m, limits);
    rv_seed(m, seed);
    if (m->covering) rv_set_hook(m);
}

rv_result rv_run(rv_machine *m, const rv_image *image, const char *name, const void *text, size_t length, uint64_t seed,
                 const rv_limits *limits) {
    begin_call(m, image, seed, limits);
    return protect(m, &(request){ .action = ACT_RUN, .module = name, .text = text, .length = length });
}

rv_result rv_run_on(rv_machine *m, const rv_image *image, const char *name, const void *text, size_t length, int environment,
                    uint64_t seed, const rv_limits *limits) {
    rv_resume(m, image, limits);
    rv_seed(m, seed);
    return protect(m, &(request){ .action = ACT_RUN, .module = name, .text = text, .length = length, .reference = environment });
}

rv_result rv_compiled(rv_machine *m, const rv_image *image, const char *name, const void *text, size_t length, const rv_limits *limits) {
    begin_call(m, image, 0, limits);
    return protect(m, &(request){ .action = ACT_DUMP, .module = name, .text = text, .length = length });
}

rv_result rv_call(rv_machine *m, const rv_image *image, int reference, const uint8_t *input, size_t first, size_t second,
                  uint64_t seed, const rv_limits *limits) {
    begin_call(m, image, seed, limits);
    m->input = input;
    rv_result result = protect(m, &(request){ .action = ACT_CALL, .reference = reference, .root = first, .second = second });
    m->input = NULL;
    return result;
}

void rv_mark_reads(rv_machine *m) { m->marking = 1; }

const char *rv_take_missed(rv_machine *m, size_t *length) {
    *length = m->missed.length;
    m->missed.length = 0;
    return (const char *)m->missed.bytes;
}
