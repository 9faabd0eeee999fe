// The only door between Swift and Lua. Nothing declared here can longjmp into its caller: all that can raise runs
// protected inside, and no pointer into a Lua state is handed out.
//
// Values cross as bytes, little endian, unaligned:
//   0 nil · 1 false · 2 true · 3 integer (8 bytes) · 4 double (8) · 5 string (u32 length, bytes)
// Going in, compound values are read at random, so their parts lie behind offsets from the buffer's start (0 = nil):
//   6 list (u32 count, u32 offset…) · 7 record (u16 type, u32 count, u32 offset…)
//   11 object (u32 count, (u32 name, u32 value)…) · 12 element (u32 name, u32 text, u32 attributes, u32 elements, (u32 name, u32 value)…,
//   u32 element…), whose names are strings too
// Coming out they are read once, in order:
//   8 list (u32 count, value…) · 9 map (u32 count, (key, value)…), keys sorted, numbers before strings · 10 empty table
#ifndef REVISIT_LUA_SHIM_H
#define REVISIT_LUA_SHIM_H

#include <stddef.h>
#include <stdint.h>

typedef struct rv_machine rv_machine;
typedef struct rv_image rv_image;

enum { RV_NIL, RV_FALSE, RV_TRUE, RV_INTEGER, RV_DOUBLE, RV_STRING, RV_LIST_IN, RV_RECORD_IN, RV_LIST, RV_MAP, RV_EMPTY,
       RV_OBJECT_IN, RV_ELEMENT_IN };

// Set in the tag of a name whose value a script read, and in that of a column, when reads are marked.
#define RV_READ 0x80

typedef enum { RV_RETURNED, RV_SKIPPED, RV_QUARANTINED, RV_FAILED, RV_KILLED } rv_outcome;

typedef enum {
    RV_LIMIT_NONE, RV_LIMIT_FUEL, RV_LIMIT_MEMORY, RV_LIMIT_BLOCK, RV_LIMIT_RECURSION, RV_LIMIT_PROCESSOR_TIME, RV_LIMIT_OUTPUT
} rv_limit;

typedef struct {
    uint64_t fuel;             // VM instructions, plus charges for work done in C
    uint64_t memory_bytes;     // live and garbage of one call: nothing is collected inside a call
    uint64_t block_bytes;      // any single allocation
    uint64_t source_bytes;     // one text to compile
    uint64_t output_bytes;     // a result, and what print wrote
    uint32_t output_nodes;     // values in a result
    uint32_t output_depth;     // tables inside tables of a result
    uint64_t processor_nanoseconds;
} rv_limits;

typedef struct {
    rv_outcome outcome;
    rv_limit limit;            // which one, when killed
    const uint8_t *bytes;      // returned: a value. skipped, quarantined, failed: text. Valid until the next call
    size_t length;
    const char *printed;       // what print wrote
    size_t printed_length;
    const char *trace;         // "file:line\n" for each frame, innermost first, when failed or killed
    size_t trace_length;
    uint64_t fuel_used;
    uint64_t memory_peak;
    int incomplete_input;      // the parser reached the end of the text while more was needed
} rv_result;

typedef struct { const char *name; size_t name_length; const char *text; size_t text_length; } rv_source;

// Returns NULL when the arena can't be mapped.
rv_machine *rv_machine_new(size_t arena_bytes);
void rv_machine_free(rv_machine *machine);

// Building an image: begin, then types and files, then take. The sources' bytes stay where they are as long as there are images
// of them, since a call may still require one; names end with a NUL.
rv_result rv_begin(rv_machine *machine, const rv_source *sources, size_t count, const rv_limits *limits);
// Goes on from an image, with other sources.
rv_result rv_begin_from(rv_machine *machine, const rv_image *base, const rv_source *sources, size_t count, const rv_limits *limits);
rv_result rv_define_type(rv_machine *machine, uint16_t type, const char *name, const char *const *fields, size_t count, int is_row,
                         const char *kind);
rv_result rv_set_strict(rv_machine *machine);
// Gives scripts print, whose text comes with the result.
rv_result rv_set_printing(rv_machine *machine);
// Runs a source by name, once; its value is kept as the module's.
rv_result rv_load(rv_machine *machine, const char *module);
// Runs text in an image and returns a list of all that it returned.
rv_result rv_run(rv_machine *machine, const rv_image *image, const char *name, const void *text, size_t length, uint64_t seed,
                 const rv_limits *limits);
// The same, and what the text did stays for the image that is taken next: for a prompt, whose lines build on each other. The text's
// free names are those of the table behind the reference `environment`, or the sandbox's own when it is 0.
rv_result rv_run_on(rv_machine *machine, const rv_image *image, const char *name, const void *text, size_t length, int environment,
                    uint64_t seed, const rv_limits *limits);
// The text as Lua compiles it, in the form that lua_dump gives.
rv_result rv_compiled(rv_machine *machine, const rv_image *image, const char *name, const void *text, size_t length,
                      const rv_limits *limits);
// A number for module[key] (module itself when key is NULL); 0 when it is nil.
int rv_reference(rv_machine *machine, const char *module, const char *key);
// Where the function behind a reference is defined: its file's name in place, and its first line; 0 if it is none.
int rv_definition(rv_machine *machine, int reference, char file[64]);
// The value behind a reference, as bytes.
rv_result rv_read(rv_machine *machine, int reference);
// NULL when there is no memory for it.
rv_image *rv_take_image(rv_machine *machine);
// Lays an image out again, to go on building from it.
void rv_resume(rv_machine *machine, const rv_image *image, const rv_limits *limits);
size_t rv_image_bytes(const rv_image *image);
// Of those, what each call copies back: the rest no call writes.
size_t rv_image_copied_bytes(const rv_image *image);
// Lays the image out as the next call would, and says whether the arena then holds it to the byte.
int rv_image_returns(rv_machine *machine, const rv_image *image);
void rv_image_free(rv_machine *machine, rv_image *image);

// Calls a referenced function of an image with two values of one input (the second may be nil, 0); the image is as before
// afterwards.
rv_result rv_call(rv_machine *machine, const rv_image *image, int reference, const uint8_t *input, size_t first, size_t second,
                  uint64_t seed, const rv_limits *limits);

// From now on calls mark in the input what they read of rows, objects and elements, and note the names they found nowhere.
void rv_mark_reads(rv_machine *machine);
// Those names since the last call of this, a line each; valid until the next.
const char *rv_take_missed(rv_machine *machine, size_t *length);

// From now on the lines that scripts run are noted.
void rv_cover(rv_machine *machine);
// The lines of a source that ran so far: a byte each, 1 when it ran. Valid until the next call.
const uint8_t *rv_covered_lines(rv_machine *machine, const char *name, size_t *count);

#endif
