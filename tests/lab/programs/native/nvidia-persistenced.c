// Stands in for NVIDIA's persistence daemon: detaches, writes its process number and does nothing more.
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char pid_file[] = "/run/nvidia-persistenced/nvidia-persistenced.pid";

int main(void) {
  mkdir("/run/nvidia-persistenced", 0755);
  if (daemon(0, 0) != 0) return 1;
  FILE* file = fopen(pid_file, "w");
  if (!file) return 1;
  fprintf(file, "%d\n", getpid());
  fclose(file);
  sigset_t end;
  sigemptyset(&end);
  sigaddset(&end, SIGTERM);
  sigaddset(&end, SIGINT);
  sigprocmask(SIG_BLOCK, &end, NULL);
  int number;
  sigwait(&end, &number);
  unlink(pid_file);
  return 0;
}
