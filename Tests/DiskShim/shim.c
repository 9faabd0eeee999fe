#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include "DiskShim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS_MOST 4096
#define NAMES_MOST 256
#define NAME_BYTES_MOST 256
#define FOLDER_MARK -1

struct header {
    uint32_t kind, file;
    uint64_t offset, length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[1024];
static size_t folder_length;
static int journal = -1;
static int refuses_writing;
// The number of the watched file behind a descriptor; 0 for others, FOLDER_MARK for the folder itself.
static int watched[FDS_MOST];
static char names[NAMES_MOST][NAME_BYTES_MOST];
static int numbers[NAMES_MOST];
static int name_count, file_count;

static struct {
    int call, error, sticky;
    long after;
} fault;
static long failures;

#define REAL(name, type)                                                                                                                     \
    static __typeof__(type) real;                                                                                                                     \
    if (!real) real = (type)dlsym(RTLD_NEXT, name)

static ssize_t real_pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    REAL("pwrite64", ssize_t(*)(int, const void *, size_t, off_t));
    return real(fd, bytes, count, offset);
}

static void record(uint32_t kind, int file, uint64_t offset, const void *bytes, size_t length) {
    struct header head = {kind, (uint32_t)file, offset, length};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)bytes, length}};
    ssize_t written = writev(journal, parts, length ? 2 : 1);
    if (written != (ssize_t)(sizeof head + length)) _exit(97); // A journal with a hole would prove nothing.
}

// The file's name within the watched folder; NULL for any other path.
static const char *inside(const char *path) {
    if (journal < 0 || strncmp(path, folder, folder_length) != 0 || path[folder_length] != '/') return NULL;
    const char *name = path + folder_length + 1;
    size_t length = strlen(name);
    if (length >= NAME_BYTES_MOST || strchr(name, '/')) return NULL;
    if (length >= 4 && strcmp(name + length - 4, "-shm") == 0) return NULL;
    return name;
}

static int find(const char *name) {
    for (int i = 0; i < name_count; i++)
        if (strcmp(names[i], name) == 0) return i;
    return -1;
}

static int fails(int call) {
    if (fault.call != call) return 0;
    if (fault.after-- > 0) return 0;
    if (!fault.sticky) fault.call = 0;
    failures++;
    errno = fault.error;
    return 1;
}

static void opened(int fd, const char *path, int was_there) {
    if (fd < 0 || fd >= FDS_MOST) return;
    int error = errno;
    pthread_mutex_lock(&lock);
    watched[fd] = 0;
    if (journal >= 0 && strcmp(path, folder) == 0) {
        watched[fd] = FOLDER_MARK;
    } else {
        const char *name = inside(path);
        int place = name ? find(name) : -1;
        if (name && (place < 0 || !was_there) && name_count < NAMES_MOST) {
            if (place < 0) {
                place = name_count++;
                strcpy(names[place], name);
            }
            numbers[place] = ++file_count;
            record(DISK_CREATE, numbers[place], (uint64_t)was_there, name, strlen(name));
        }
        if (place >= 0) watched[fd] = numbers[place];
    }
    pthread_mutex_unlock(&lock);
    errno = error;
}

static int open_at(int base, const char *path, int flags, mode_t mode) {
    REAL("openat64", int (*)(int, const char *, int, mode_t));
    int is_watched = journal >= 0 && inside(path) != NULL;
    if (is_watched && refuses_writing && (flags & (O_WRONLY | O_RDWR | O_CREAT))) {
        errno = EACCES;
        return -1;
    }
    struct stat info;
    int was_there = is_watched && stat(path, &info) == 0;
    int fd = real(base, path, flags, mode);
    if (journal >= 0) opened(fd, path, was_there);
    return fd;
}

#define MODE(flags)                                                                                                                          \
    mode_t mode = 0;                                                                                                                         \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                                                                     \
        va_list rest;                                                                                                                        \
        va_start(rest, flags);                                                                                                               \
        mode = va_arg(rest, mode_t);                                                                                                         \
        va_end(rest);                                                                                                                        \
    }

int open(const char *path, int flags, ...) {
    MODE(flags)
    return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE(flags)
    return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int base, const char *path, int flags, ...) {
    MODE(flags)
    return open_at(base, path, flags, mode);
}

int openat64(int base, const char *path, int flags, ...) {
    MODE(flags)
    return open_at(base, path, flags, mode);
}

int close(int fd) {
    REAL("close", int (*)(int));
    if (fd >= 0 && fd < FDS_MOST) watched[fd] = 0;
    return real(fd);
}

static int number(int fd) { return journal >= 0 && fd >= 0 && fd < FDS_MOST ? watched[fd] : 0; }

static ssize_t write_at(int fd, const void *bytes, size_t count, off_t offset) {
    if (number(fd) <= 0) return real_pwrite(fd, bytes, count, offset);
    pthread_mutex_lock(&lock);
    int is_failed = fails(DISK_CALL_WRITE), error = errno;
    ssize_t written = real_pwrite(fd, bytes, is_failed ? count / 2 : count, offset);
    if (!is_failed) error = errno;
    if (written > 0) record(DISK_WRITE, number(fd), (uint64_t)offset, bytes, (size_t)written);
    pthread_mutex_unlock(&lock);
    errno = error;
    return is_failed ? -1 : written;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return write_at(fd, bytes, count, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) { return write_at(fd, bytes, count, offset); }

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL("write", ssize_t(*)(int, const void *, size_t));
    if (number(fd) <= 0) return real(fd, bytes, count);
    off_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t written = write_at(fd, bytes, count, offset);
    if (written > 0) lseek(fd, offset + written, SEEK_SET);
    return written;
}

int ftruncate64(int fd, off64_t length) {
    REAL("ftruncate64", int (*)(int, off64_t));
    if (number(fd) <= 0) return real(fd, length);
    pthread_mutex_lock(&lock);
    int result = fails(DISK_CALL_TRUNCATE) ? -1 : real(fd, length), error = errno;
    if (result == 0) record(DISK_TRUNCATE, number(fd), (uint64_t)length, NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

// SQLite falls back to writing where a file system has no fallocate.
int fallocate(int fd, int mode, off_t offset, off_t length) {
    REAL("fallocate64", int (*)(int, int, off_t, off_t));
    if (number(fd) <= 0) return real(fd, mode, offset, length);
    errno = EOPNOTSUPP;
    return -1;
}

int posix_fallocate(int fd, off_t offset, off_t length) {
    REAL("posix_fallocate64", int (*)(int, off_t, off_t));
    return number(fd) <= 0 ? real(fd, offset, length) : EOPNOTSUPP;
}

static int sync_through(int fd, int (*real)(int)) {
    int file = number(fd);
    if (file == 0) return real(fd);
    pthread_mutex_lock(&lock);
    int is_failed = fails(DISK_CALL_SYNC), error = errno;
    int result = is_failed ? -1 : real(fd);
    if (!is_failed) error = errno;
    if (file == FOLDER_MARK) {
        if (result == 0) record(DISK_FOLDER_SYNC, 0, 0, NULL, 0);
    } else {
        record(result == 0 ? DISK_SYNC : DISK_SYNC_FAILED, file, 0, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int fsync(int fd) {
    REAL("fsync", int (*)(int));
    return sync_through(fd, real);
}

int fdatasync(int fd) {
    REAL("fdatasync", int (*)(int));
    return sync_through(fd, real);
}

int unlink(const char *path) {
    REAL("unlink", int (*)(const char *));
    pthread_mutex_lock(&lock);
    int result = real(path), error = errno;
    const char *name = result == 0 && journal >= 0 ? inside(path) : NULL;
    if (name) record(DISK_UNLINK, 0, 0, name, strlen(name));
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int rename(const char *from, const char *to) {
    REAL("rename", int (*)(const char *, const char *));
    pthread_mutex_lock(&lock);
    int result = real(from, to), error = errno;
    const char *old = result == 0 && journal >= 0 ? inside(from) : NULL, *new = result == 0 && journal >= 0 ? inside(to) : NULL;
    int place = old ? find(old) : -1;
    if (place >= 0 && new) {
        char both[2 * NAME_BYTES_MOST];
        size_t length = strlen(old) + 1 + strlen(new);
        strcpy(both, old);
        strcpy(both + strlen(old) + 1, new);
        record(DISK_RENAME, numbers[place], 0, both, length);
        int target = find(new);
        if (target >= 0) names[target][0] = 0;
        strcpy(names[place], new);
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int disk_watch(const char *path, const char *journal_path) {
    folder_length = strlen(path);
    if (folder_length >= sizeof folder) return ENAMETOOLONG;
    strcpy(folder, path);
    int fd = open(journal_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) return errno;
    journal = fd;
    return 0;
}

void disk_note(const char *words) {
    pthread_mutex_lock(&lock);
    record(DISK_NOTE, 0, 0, words, strlen(words));
    pthread_mutex_unlock(&lock);
}

void disk_fail(int call, long after, int error, int sticky) {
    pthread_mutex_lock(&lock);
    fault.call = call;
    fault.after = after;
    fault.error = error;
    fault.sticky = sticky;
    pthread_mutex_unlock(&lock);
}

long disk_failures(void) { return failures; }

void disk_refuse_writing(void) { refuses_writing = 1; }
