#define _GNU_SOURCE
#include "clock.h"

#include <time.h>

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

long long deadline_in(long long milliseconds) { return now() + milliseconds; }

bool deadline_over(long long deadline) { return deadline != 0 && now() >= deadline; }

int deadline_wait(long long deadline, int most) {
  if (deadline == 0) {
    return -1;
  }
  long long left = deadline - now();
  if (left < 0) {
    left = 0;
  }
  return most > 0 && left > most ? most : (int)left;
}
