// Stands between a program and its disk: whoever links this target has its file calls noted, and failed on demand.
//
// The functions of libc that SQLite calls (open, write, pwrite, ftruncate, fsync, ...) are defined by the executable itself, so the
// dynamic linker finds these first; nothing is to be preloaded. What happens in the watched folder goes into a journal outside of it, in
// order, and what a disk would hold after a power cut at any point of it is made from the journal by the tests.
#ifndef DISK_SHIM_H
#define DISK_SHIM_H

enum disk_record {
    DISK_CREATE = 1,   // payload: name
    DISK_WRITE = 2,    // payload: the bytes
    DISK_TRUNCATE = 3, // offset: the new length
    DISK_SYNC = 4,
    DISK_FOLDER_SYNC = 5,
    DISK_UNLINK = 6, // payload: name
    DISK_NOTE = 7,   // payload: the program's own words
    DISK_SYNC_FAILED = 8,
    DISK_RENAME = 9, // payload: from, NUL, to
};

enum disk_call { DISK_CALL_WRITE = 1, DISK_CALL_SYNC = 2, DISK_CALL_TRUNCATE = 3 };

// Begins to watch a folder without subfolders. Names that end in "-shm" are left out: a power cut leaves nothing of shared memory.
// Returns 0, or an errno.
int disk_watch(const char *folder, const char *journal);

// Puts words into the journal at this point of time.
void disk_note(const char *words);

// Lets the (after + 1)-th call of this kind, counted from now, fail with the error. A failed write leaves half of its bytes; a failed sync
// has synced nothing, and later ones don't make up for it. Sticky: every later one fails as well.
void disk_fail(int call, long after, int error, int sticky);

// How many calls were failed.
long disk_failures(void);

// From now on no file of the folder can be opened for writing.
void disk_refuse_writing(void);

#endif
