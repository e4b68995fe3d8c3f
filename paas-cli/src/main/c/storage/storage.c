/*
 * Changes a folder on behalf of the daemon, as root in a container that sees nothing else.
 *
 *   tool own UID FOLDER     makes UID:UID the owner of FOLDER and of all that is in it
 *   tool mode MODE FOLDER   sets the mode of FOLDER itself, octal
 *   tool empty - FOLDER     removes all that is in FOLDER
 *
 * Links are never followed and other file systems are left alone. Exit code 1 if anything could not be changed.
 */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_FOLDERS = 64 };

static uid_t owner;
static int failed;

static void complain(const char *path) {
  fprintf(stderr, "%s: %s\n", path, strerror(errno));
  failed = 1;
}

static int own(const char *path, const struct stat *status, int type, struct FTW *place) {
  (void)place;
  if (type == FTW_DNR || type == FTW_NS) {
    complain(path);
  } else if (lchown(path, owner, (gid_t)owner) != 0) {
    complain(path);
  } else if (S_ISREG(status->st_mode) && (status->st_mode & (S_ISUID | S_ISGID)) != 0 &&
             chmod(path, status->st_mode & 0777) != 0) {
    /* a program must not become set-user-id for its new owner; the kernel spares root's */
    complain(path);
  }
  return 0;
}

static int take_away(const char *path, const struct stat *status, int type, struct FTW *place) {
  (void)status;
  if (type == FTW_DNR || type == FTW_NS) {
    complain(path);
  } else if (place->level > 0 && remove(path) != 0) {
    complain(path);
  }
  return 0;
}

/* A whole number in the given base up to a limit, or -1. */
static long number(const char *text, int base, long limit) {
  char *end = NULL;
  errno = 0;
  long value = strtol(text, &end, base);
  return errno != 0 || end == text || *end != '\0' || value < 0 || value > limit ? -1 : value;
}

static int usage(void) {
  fputs("usage: tool own UID FOLDER | mode MODE FOLDER | empty - FOLDER\n", stderr);
  return 2;
}

int main(int argc, char **argv) {
  if (argc != 4) {
    return usage();
  }
  const char *folder = argv[3];
  if (strcmp(argv[1], "own") == 0) {
    long user = number(argv[2], 10, 4294967294L);
    if (user < 0) {
      return usage();
    }
    owner = (uid_t)user;
    if (nftw(folder, own, OPEN_FOLDERS, FTW_PHYS | FTW_MOUNT) != 0) {
      complain(folder);
    }
  } else if (strcmp(argv[1], "mode") == 0) {
    long mode = number(argv[2], 8, 07777);
    if (mode < 0) {
      return usage();
    }
    if (chmod(folder, (mode_t)mode) != 0) {
      complain(folder);
    }
  } else if (strcmp(argv[1], "empty") == 0) {
    if (nftw(folder, take_away, OPEN_FOLDERS, FTW_PHYS | FTW_MOUNT | FTW_DEPTH) != 0) {
      complain(folder);
    }
  } else {
    return usage();
  }
  return failed;
}
