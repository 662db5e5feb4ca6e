/* A disk that can be made to fail, for tests: stands between a program and the files of one folder (LD_PRELOAD).
 *
 * TRELLIS_DISK_DIR    only files in this folder are looked at
 * TRELLIS_DISK_TRACE  write down every write, flush, cut and removal of them, and what the program says on its standard output,
 *                     in the order in which they happened
 * TRELLIS_DISK_FAULT  KIND:FROM:COUNT[:MS], with calls of that kind counted from 1:
 *                     full    writes FROM to FROM+COUNT-1 say that the disk is full
 *                     write   those writes say that the disk failed
 *                     read    those reads do
 *                     sync    those flushes do, and what was written since the flush before is not on the disk
 *                     slow    those flushes take MS milliseconds longer
 *                     die     the process is killed at that write, before it; after a flush with "dieafter"
 *                     torn    the process is killed in the middle of that write: only its first half is written
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define FILES 4096
static unsigned char kind_of[FILES]; /* 0: not looked at; 1: the database; 2: its log; 3: any other file of the folder */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int trace = -1;
static char fault[16];
static long from, count = 1, ms;
static long writes, reads, syncs;

static void begin(void) __attribute__((constructor));
static void begin(void) {
  folder = getenv("TRELLIS_DISK_DIR");
  const char *log = getenv("TRELLIS_DISK_TRACE");
  if (log) trace = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *what = getenv("TRELLIS_DISK_FAULT");
  if (!what) return;
  size_t length = strcspn(what, ":");
  if (length >= sizeof fault) _exit(99);
  memcpy(fault, what, length);
  char *rest = (char *)what + length;
  if (*rest) from = strtol(rest + 1, &rest, 10);
  if (*rest) count = strtol(rest + 1, &rest, 10);
  if (*rest) ms = strtol(rest + 1, &rest, 10);
}

static int is(const char *name) { return strcmp(fault, name) == 0; }
static int due(long number) { return number >= from && number < from + count; }

static unsigned char kind(const char *path) {
  if (!folder || !path || strncmp(path, folder, strlen(folder)) != 0) return 0;
  if (path[strlen(folder)] != '/') return 0;
  const char *name = strrchr(path, '/');
  if (!name) return 0;
  if (strcmp(name, "/trellis.db") == 0) return 1;
  if (strcmp(name, "/trellis.db-wal") == 0) return 2;
  return strcmp(name, "/trellis.db-shm") == 0 ? 0 : 3;
}

static unsigned char of(int fd) { return fd >= 0 && fd < FILES ? kind_of[fd] : 0; }

/* One entry: what happened (1 byte), the file (1), where (8, little-endian), how many bytes follow (4), the bytes. */
static void note(char what, unsigned char file, uint64_t place, const void *bytes, uint32_t length) {
  if (trace < 0) return;
  unsigned char head[14];
  head[0] = (unsigned char)what;
  head[1] = file;
  memcpy(head + 2, &place, 8);
  memcpy(head + 10, &length, 4);
  syscall(SYS_write, trace, head, sizeof head);
  const char *next = bytes;
  while (length > 0) {
    long done = syscall(SYS_write, trace, next, length);
    if (done <= 0) _exit(98);
    next += done;
    length -= (uint32_t)done;
  }
}

static void die(void) {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) pause();
}

static int opened(int fd, const char *path, int flags) {
  if (fd >= 0 && fd < FILES) {
    kind_of[fd] = kind(path);
    if (kind_of[fd] == 1 || kind_of[fd] == 2) {
      pthread_mutex_lock(&one_at_a_time);
      if (flags & O_CREAT) note('C', kind_of[fd], 0, "", 0);
      if (flags & O_TRUNC) note('T', kind_of[fd], 0, "", 0);
      pthread_mutex_unlock(&one_at_a_time);
    }
  }
  return fd;
}

#define MODE(flags, mode)                      \
  if ((flags) & (O_CREAT | O_TMPFILE)) {       \
    va_list list;                              \
    va_start(list, flags);                     \
    mode = va_arg(list, int);                  \
    va_end(list);                              \
  }

int open(const char *path, int flags, ...) {
  int mode = 0;
  MODE(flags, mode)
  return opened((int)syscall(SYS_openat, AT_FDCWD, path, flags, mode), path, flags);
}
int open64(const char *path, int flags, ...) {
  int mode = 0;
  MODE(flags, mode)
  return opened((int)syscall(SYS_openat, AT_FDCWD, path, flags, mode), path, flags);
}
int close(int fd) {
  if (fd >= 0 && fd < FILES) kind_of[fd] = 0;
  return (int)syscall(SYS_close, fd);
}

/* What a write of a watched file comes to: -1 with errno when it fails here, else how many bytes may be written. */
static ssize_t before_write(int fd, const void *bytes, size_t length, off_t place) {
  long number = ++writes;
  if (is("full") && due(number)) return errno = ENOSPC, -1;
  if (is("write") && due(number)) return errno = EIO, -1;
  if (is("die") && due(number)) die();
  if (is("torn") && due(number)) {
    syscall(SYS_pwrite64, fd, bytes, length / 2, place);
    die();
  }
  return (ssize_t)length;
}

static ssize_t write_at(int fd, const void *bytes, size_t length, off_t place, int moves) {
  unsigned char file = of(fd);
  pthread_mutex_lock(&one_at_a_time);
  ssize_t done = before_write(fd, bytes, length, place);
  if (done >= 0) {
    done = moves ? syscall(SYS_write, fd, bytes, length) : syscall(SYS_pwrite64, fd, bytes, length, place);
    if (done > 0 && file != 3) note('W', file, (uint64_t)place, bytes, (uint32_t)done);
  }
  int error = errno;
  pthread_mutex_unlock(&one_at_a_time);
  errno = error;
  return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  if (of(fd)) return write_at(fd, bytes, length, syscall(SYS_lseek, fd, 0, SEEK_CUR), 1);
  if (fd == 1 && trace >= 0) {
    pthread_mutex_lock(&one_at_a_time);
    note('K', 0, 0, bytes, (uint32_t)length);
    pthread_mutex_unlock(&one_at_a_time);
  }
  return syscall(SYS_write, fd, bytes, length);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t place) {
  return of(fd) ? write_at(fd, bytes, length, place, 0) : syscall(SYS_pwrite64, fd, bytes, length, place);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t place) { return pwrite(fd, bytes, length, place); }

static int read_fails(int fd) {
  unsigned char file = of(fd);
  if ((file != 1 && file != 2) || !is("read")) return 0;
  return due(__atomic_add_fetch(&reads, 1, __ATOMIC_SEQ_CST));
}
ssize_t read(int fd, void *bytes, size_t length) {
  if (read_fails(fd)) return errno = EIO, -1;
  return syscall(SYS_read, fd, bytes, length);
}
ssize_t pread(int fd, void *bytes, size_t length, off_t place) {
  if (read_fails(fd)) return errno = EIO, -1;
  return syscall(SYS_pread64, fd, bytes, length, place);
}
ssize_t pread64(int fd, void *bytes, size_t length, off64_t place) { return pread(fd, bytes, length, place); }

static int flush(int fd, long call) {
  unsigned char file = of(fd);
  if (!file) return (int)syscall(call, fd);
  pthread_mutex_lock(&one_at_a_time);
  long number = ++syncs;
  int done = 0, error = 0;
  if (is("sync") && due(number)) {
    done = -1;
    error = EIO;
  } else {
    if (is("slow") && due(number)) {
      struct timespec pause = {ms / 1000, ms % 1000 * 1000000};
      nanosleep(&pause, NULL);
    }
    done = (int)syscall(call, fd);
    error = errno;
    if (done == 0 && file != 3) note('S', file, 0, "", 0);
    if (is("dieafter") && due(number)) die();
  }
  pthread_mutex_unlock(&one_at_a_time);
  errno = error;
  return done;
}
int fsync(int fd) { return flush(fd, SYS_fsync); }
int fdatasync(int fd) { return flush(fd, SYS_fdatasync); }

int ftruncate(int fd, off_t length) {
  unsigned char file = of(fd);
  if (!file) return (int)syscall(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&one_at_a_time);
  if (is("die") && due(++writes)) die();
  int done = (int)syscall(SYS_ftruncate, fd, length);
  if (done == 0 && file != 3) note('T', file, (uint64_t)length, "", 0);
  pthread_mutex_unlock(&one_at_a_time);
  return done;
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

int unlink(const char *path) {
  unsigned char file = kind(path);
  if (file != 1 && file != 2) return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  pthread_mutex_lock(&one_at_a_time);
  if (is("die") && due(++writes)) die();
  int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (done == 0) note('U', file, 0, "", 0);
  pthread_mutex_unlock(&one_at_a_time);
  return done;
}
