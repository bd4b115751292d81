// hold-lock FILE: takes the lock that apt and dpkg take (fcntl, not flock), says `held`, and keeps it until its input ends.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: hold-lock FILE\n");
    return 64;
  }
  int fd = open(argv[1], O_RDWR | O_CREAT, 0640);
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (fd < 0 || fcntl(fd, F_SETLK, &lock) < 0) {
    perror(argv[1]);
    return 1;
  }
  puts("held");
  fflush(stdout);
  char ignored[256];
  while (read(0, ignored, sizeof ignored) > 0) {
  }
  return 0;
}
