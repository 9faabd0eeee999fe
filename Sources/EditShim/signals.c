// The terminal is raw while a line is edited. A signal that ends or stops the process finds it in its own mode again; what the process does
// on a signal stays as it was: the old handler, or the default, runs after ours.
#include "edit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RESTORING = 5, HELD = 7 };     // the first five end or stop the process
static const int numbers[HELD] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};

// A handler is given nothing, so what it needs is the process's. Written only while no handler is set.
static struct {
    int reading, input;
    int wake[2];
    struct termios own, edited;
    struct sigaction before[HELD];
} held = {.wake = {-1, -1}};

static void wake(unsigned char number) {
    int error = errno;
    ssize_t ignored = write(held.wake[1], &number, 1);   // a full pipe wakes as well
    (void)ignored;
    errno = error;
}

// Not from the background: there it would stop the process instead.
static void restore(void) {
    pid_t front = tcgetpgrp(held.input);
    if (front < 0 || front == getpgrp()) tcsetattr(held.input, TCSANOW, &held.own);
}

static void heard(int number) {
    int error = errno;
    for (int i = 0; i < RESTORING; i++) {
        if (numbers[i] != number) continue;
        restore();
        sigaction(number, &held.before[i], NULL);
        // Again, and let in here: the thread that reads may not make the terminal raw before the process has ended or stopped.
        sigset_t it;
        sigemptyset(&it);
        sigaddset(&it, number);
        raise(number);
        pthread_sigmask(SIG_UNBLOCK, &it, NULL);
    }
    wake((unsigned char)number);
    errno = error;
}

static void hold(int place) {
    struct sigaction now, action;
    if (sigaction(numbers[place], NULL, &now) < 0 || (now.sa_handler == SIG_IGN && place < RESTORING)) return;
    memset(&action, 0, sizeof action);
    action.sa_handler = heard;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(numbers[place], &action, NULL);
}

// exit() called on another thread while a line is read.
static void at_exit(void) {
    if (held.reading) restore();
}

static int open_wake(void) {
    if (held.wake[0] >= 0) return 0;
    if (pipe(held.wake) < 0) return -1;
    for (int i = 0; i < 2; i++) {
        fcntl(held.wake[i], F_SETFL, O_NONBLOCK);
        fcntl(held.wake[i], F_SETFD, FD_CLOEXEC);
    }
    return atexit(at_exit);
}

int signals_hold(edit *e) {
    if (held.reading || tcgetattr(e->input, &held.own) < 0 || open_wake() != 0) return -1;
    held.input = e->input;
    held.edited = held.own;
    held.reading = 1;
    for (int i = 0; i < HELD; i++) {
        sigaction(numbers[i], NULL, &held.before[i]);
        hold(i);
    }
    // Ctrl-C is a key like others while a line is edited. libedit makes its own mode of what it finds here.
    held.edited.c_cc[VINTR] = _POSIX_VDISABLE;
    tcsetattr(e->input, TCSADRAIN, &held.edited);
    el_set(e->line, EL_PREP_TERM, 1);
    tcgetattr(e->input, &held.edited);
    return 0;
}

void signals_release(edit *e) {
    el_set(e->line, EL_PREP_TERM, 0);
    tcsetattr(e->input, TCSADRAIN, &held.own);
    for (int i = 0; i < HELD; i++) {
        struct sigaction now;
        // Not where somebody set another handler meanwhile.
        if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler == heard) sigaction(numbers[i], &held.before[i], NULL);
    }
    held.reading = 0;
}

static int drain(void) {
    unsigned char bytes[64];
    int continued = 0;
    ssize_t count;
    while ((count = read(held.wake[0], bytes, sizeof bytes)) > 0)
        for (ssize_t i = 0; i < count; i++) continued |= bytes[i] != SIGWINCH;
    return continued;
}

int signals_wait(int input) {
    struct pollfd ready[2] = {{.fd = input, .events = POLLIN}, {.fd = held.wake[0], .events = POLLIN}};
    for (;;) {
        if (poll(ready, 2, -1) < 0) {
            if (errno == EINTR || errno == EAGAIN) continue;
            return -1;
        }
        if (ready[1].revents == 0) return 0;
        int continued = drain();
        if (continued) {
            // The process lives on: it was stopped and continued, or its own handler came back.
            for (int i = 0; i < RESTORING; i++) {
                struct sigaction now;
                if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler != heard) hold(i);
            }
            tcsetattr(input, TCSADRAIN, &held.edited);
        }
        return continued ? SIGCONT : SIGWINCH;
    }
}
