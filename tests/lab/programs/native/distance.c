// distance HERE_TAP NETNS THERE_TAP MICROSECONDS: joins two TAP devices, the second in another network namespace, and holds
// every frame for MICROSECONDS in each direction. SIGUSR1 makes it a black hole, SIGUSR2 lets frames pass again. It prints
// `ready` when frames pass. The kernels that the lab runs on need no netem.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { slots = 16384, frame_bytes = 2048 };  // what does not fit is dropped, as a router does

struct frame {
  int64_t due;
  ssize_t size;
  char bytes[frame_bytes];
};

struct direction {
  int from, to;
  unsigned head, tail;
  struct frame* held;
};

static volatile sig_atomic_t swallow;

static void on_signal(int number) { swallow = number == SIGUSR1; }

static void fail(const char* what) {
  fprintf(stderr, "distance: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int open_tap(const char* name) {
  int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) fail("/dev/net/tun");
  struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  if (ioctl(fd, TUNSETIFF, &request) < 0) fail(name);
  return fd;
}

static void enter(const char* netns) {
  char path[256];
  snprintf(path, sizeof path, "/run/netns/%s", netns);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || setns(fd, CLONE_NEWNET) < 0) fail(path);
  close(fd);
}

static void take(struct direction* d, int64_t delay) {
  for (;;) {
    struct frame* f = &d->held[d->tail % slots];
    ssize_t size = read(d->from, f->bytes, frame_bytes);
    if (size <= 0) return;
    if (swallow || d->tail - d->head == slots - 1) continue;
    f->size = size;
    f->due = now_us() + delay;
    d->tail++;
  }
}

static void pass(struct direction* d) {
  for (; d->head != d->tail && d->held[d->head % slots].due <= now_us(); d->head++) {
    const struct frame* f = &d->held[d->head % slots];
    if (!swallow && write(d->to, f->bytes, (size_t)f->size) < 0 && errno != EAGAIN && errno != EIO) fail("write");
  }
}

// Until the next held frame is due; no frame: without end.
static struct timespec* wait_for(const struct direction d[2], struct timespec* t) {
  int64_t due = INT64_MAX;
  for (int i = 0; i < 2; i++)
    if (d[i].head != d[i].tail && d[i].held[d[i].head % slots].due < due) due = d[i].held[d[i].head % slots].due;
  if (due == INT64_MAX) return NULL;
  int64_t left = due - now_us();
  if (left < 0) left = 0;
  t->tv_sec = left / 1000000;
  t->tv_nsec = left % 1000000 * 1000;
  return t;
}

static struct direction join(int from, int to) {
  struct direction d = {.from = from, .to = to, .held = malloc(sizeof(struct frame) * slots)};
  if (!d.held) fail("memory");
  return d;
}

int main(int argc, char** argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: distance HERE_TAP NETNS THERE_TAP MICROSECONDS\n");
    return 64;
  }
  prctl(PR_SET_TIMERSLACK, 1UL, 0, 0, 0);
  signal(SIGUSR1, on_signal);
  signal(SIGUSR2, on_signal);
  int64_t delay = atoll(argv[4]);
  int here = open_tap(argv[1]);
  enter(argv[2]);
  int there = open_tap(argv[3]);
  struct direction d[2] = {join(here, there), join(there, here)};
  struct pollfd ends[2] = {{.fd = here, .events = POLLIN}, {.fd = there, .events = POLLIN}};
  puts("ready");
  fflush(stdout);
  for (;;) {
    struct timespec t;
    if (ppoll(ends, 2, wait_for(d, &t), NULL) < 0 && errno != EINTR) fail("ppoll");
    for (int i = 0; i < 2; i++) take(&d[i], delay);
    for (int i = 0; i < 2; i++) pass(&d[i]);
  }
}
