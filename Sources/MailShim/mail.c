#include "MailShim.h"

#include <curl/curl.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

// The answer to QUIT is of no interest: the message's fate is settled by then.
#define QUIT_MILLISECONDS 2000

// The message's last bytes are handed over alone, in two pieces. libcurl asks for a piece only when all before it is written, so a failure
// up to the last one is certainly before the final dot, however short the message is. Two, because a connection that the server has closed
// takes one more write without complaint: where the server is near, the second one is told.
#define PIECE 2
#define HELD_BACK (2 * PIECE)

typedef struct {
    const mail_order *order;
    mail_result result;
    size_t given;               // bytes of the message that libcurl has
    long long until;            // milliseconds of the steady clock
    long long dot_until;        // by when the final dot must be on its way
    long long quit_at;          // 0 before QUIT
    int late;
    int enhanced[3];            // of the answer that is being read
} transaction;

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int is_late(transaction *t) {
    if (now() >= (t->result.stage < MAIL_DOT ? t->dot_until : t->until)) t->late = 1;
    return t->late;
}

static int digit(char c) { return c >= '0' && c <= '9'; }

// "250-", "250 " or "250" and a line's end.
static int reply_code(const char *line, size_t length, int *is_last) {
    if (length < 3 || line[0] < '2' || line[0] > '5' || !digit(line[1]) || !digit(line[2])) return 0;
    char after = length > 3 ? line[3] : '\n';
    if (after != '-' && after != ' ' && after != '\r' && after != '\n') return 0;
    *is_last = after != '-';
    return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

// "5.1.1" after the code, of the same class as it.
static void read_enhanced(const char *line, size_t length, int parts[3]) {
    int found[3] = {0, 0, 0};
    size_t at = 4;
    for (int part = 0; part < 3; part++) {
        size_t start = at;
        while (at < length && digit(line[at]) && at - start < 3) found[part] = found[part] * 10 + (line[at++] - '0');
        if (at == start) return;
        if (part < 2 && (at >= length || line[at++] != '.')) return;
    }
    if (at < length && digit(line[at])) return;
    if (found[0] != line[0] - '0') return;
    memcpy(parts, found, sizeof found);
}

static void heard(transaction *t, const char *line, size_t length) {
    int is_last = 0;
    int code = reply_code(line, length, &is_last);
    if (!code || t->quit_at) return;
    if (t->result.stage < MAIL_GREETED) t->result.stage = MAIL_GREETED;
    if (length > 4 && !t->enhanced[0]) read_enhanced(line, length, t->enhanced);
    if (!is_last) return;
    t->result.reply = code;
    memcpy(t->result.enhanced, t->enhanced, sizeof t->enhanced);
    memset(t->enhanced, 0, sizeof t->enhanced);
    if (t->result.stage == MAIL_DOT && !t->result.reply_after_dot) t->result.reply_after_dot = code;
}

static int begins(const char *line, size_t length, const char *word) {
    size_t letters = strlen(word);
    return length >= letters && memcmp(line, word, letters) == 0;
}

static void said(transaction *t, const char *line, size_t length) {
    // What goes out between AUTH and its answer are secrets in base64, which may look like anything.
    if (t->result.stage == MAIL_AUTH && t->result.reply == 334) return;
    int stage = t->result.stage;
    if (begins(line, length, "EHLO ") || begins(line, length, "HELO ")) stage = MAIL_GREETED;
    else if (begins(line, length, "STARTTLS\r\n")) stage = MAIL_STARTTLS;
    else if (begins(line, length, "AUTH ")) stage = MAIL_AUTH;
    else if (begins(line, length, "MAIL FROM:")) stage = MAIL_FROM;
    else if (begins(line, length, "RCPT TO:")) stage = MAIL_RCPT;
    else if (begins(line, length, "DATA\r\n")) stage = MAIL_DATA;
    else if (begins(line, length, "QUIT\r\n") && !t->quit_at) t->quit_at = now();
    if (stage > t->result.stage) t->result.stage = stage;
}

static int on_debug(CURL *curl, curl_infotype type, char *bytes, size_t length, void *context) {
    (void)curl;
    if (type == CURLINFO_HEADER_IN) heard(context, bytes, length);
    if (type == CURLINFO_HEADER_OUT) said(context, bytes, length);
    return 0;
}

static size_t on_read(char *buffer, size_t size, size_t count, void *context) {
    transaction *t = context;
    size_t room = size * count, length = t->order->length;
    if (is_late(t)) return CURL_READFUNC_ABORT;
    size_t left = length - t->given;
    if (left > HELD_BACK) left -= HELD_BACK;
    else if (left > PIECE) left = PIECE;
    size_t given = left < room ? left : room;
    memcpy(buffer, t->order->message + t->given, given);
    t->given += given;
    // From here on libcurl may write the dot without asking again.
    if (t->given == length && t->result.stage != MAIL_DOT) {
        t->result.stage = MAIL_DOT;
        if (t->order->before_dot) t->order->before_dot(t->order->watcher);
    }
    return given;
}

// About once a second, also while libcurl waits.
static int on_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    (void)a; (void)b; (void)c; (void)d;
    transaction *t = context;
    if (t->quit_at) return now() - t->quit_at > QUIT_MILLISECONDS;
    return is_late(t);
}

static size_t on_write(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes; (void)context;
    return size * count;
}

static int end_of(CURLcode code, const transaction *t) {
    switch (code) {
    case CURLE_OK: case CURLE_WEIRD_SERVER_REPLY: case CURLE_REMOTE_ACCESS_DENIED:
        return MAIL_END_ANSWER;
    case CURLE_COULDNT_RESOLVE_HOST: case CURLE_COULDNT_RESOLVE_PROXY: case CURLE_COULDNT_CONNECT: return MAIL_END_CONNECT;
    case CURLE_OPERATION_TIMEDOUT: return MAIL_END_TIME;
    case CURLE_ABORTED_BY_CALLBACK: return t->late ? MAIL_END_TIME : MAIL_END_LOST;
    case CURLE_SSL_CONNECT_ERROR: return MAIL_END_TLS;
    case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CACERT_BADFILE: case CURLE_SSL_ISSUER_ERROR: case CURLE_SSL_CERTPROBLEM:
        return MAIL_END_CERTIFICATE;
    case CURLE_USE_SSL_FAILED: return MAIL_END_NO_TLS;
    case CURLE_LOGIN_DENIED: case CURLE_AUTH_ERROR: return MAIL_END_LOGIN;
    case CURLE_UNSUPPORTED_PROTOCOL: case CURLE_FAILED_INIT: case CURLE_URL_MALFORMAT: case CURLE_NOT_BUILT_IN: case CURLE_OUT_OF_MEMORY:
    case CURLE_UNKNOWN_OPTION: case CURLE_BAD_FUNCTION_ARGUMENT: case CURLE_SSL_ENGINE_NOTFOUND: case CURLE_SSL_CIPHER:
        return MAIL_END_SETUP;
    default: return MAIL_END_LOST;
    }
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode global = CURLE_FAILED_INIT;
static void start(void) { global = curl_global_init(CURL_GLOBAL_DEFAULT); }

static CURLcode set_up(CURL *curl, transaction *t, struct curl_slist *to) {
    const mail_order *order = t->order;
    CURLcode code = CURLE_OK;
#define SET(option, value) if (code == CURLE_OK) code = curl_easy_setopt(curl, option, value)
    SET(CURLOPT_URL, order->url);
    SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    SET(CURLOPT_PROXY, "");                       // whatever the environment says
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_FRESH_CONNECT, 1L);
    SET(CURLOPT_FORBID_REUSE, 1L);
    SET(CURLOPT_USE_SSL, order->tls == MAIL_TLS_NONE ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    if (order->ca_file) {
        SET(CURLOPT_CAINFO, order->ca_file);
        SET(CURLOPT_CAPATH, NULL);
    }
    if (order->user) {
        SET(CURLOPT_USERNAME, order->user);
        SET(CURLOPT_PASSWORD, order->password ? order->password : "");
    }
    if (order->message) {
        SET(CURLOPT_MAIL_FROM, order->from);
        SET(CURLOPT_MAIL_RCPT, to);
        SET(CURLOPT_UPLOAD, 1L);
        SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)order->length);
    } else {
        SET(CURLOPT_CUSTOMREQUEST, "NOOP");
    }
    SET(CURLOPT_READFUNCTION, on_read);
    SET(CURLOPT_READDATA, t);
    SET(CURLOPT_WRITEFUNCTION, on_write);
    SET(CURLOPT_VERBOSE, 1L);
    SET(CURLOPT_DEBUGFUNCTION, on_debug);
    SET(CURLOPT_DEBUGDATA, t);
    SET(CURLOPT_NOPROGRESS, 0L);
    SET(CURLOPT_XFERINFOFUNCTION, on_progress);
    SET(CURLOPT_XFERINFODATA, t);
    SET(CURLOPT_CONNECTTIMEOUT_MS, order->connect_milliseconds);
    SET(CURLOPT_TIMEOUT_MS, order->total_milliseconds);
    SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, order->total_milliseconds / 1000 + 1);
#undef SET
    return code;
}

mail_result mail_send(const mail_order *order) {
    long long began = now();
    transaction t = {.order = order, .until = began + order->total_milliseconds, .dot_until = began + order->dot_milliseconds};
    t.result.end = MAIL_END_SETUP;
    t.result.code = CURLE_FAILED_INIT;
    pthread_once(&once, start);
    CURL *curl = global == CURLE_OK ? curl_easy_init() : NULL;
    struct curl_slist *to = curl && order->message ? curl_slist_append(NULL, order->to) : NULL;
    if (curl && (to || !order->message)) {
        CURLcode code = set_up(curl, &t, to);
        if (code == CURLE_OK) {
            code = curl_easy_perform(curl);
            t.result.end = end_of(code, &t);
        }
        t.result.code = (int)code;
    }
    mail_result result = t.result;
    curl_slist_free_all(to);
    if (curl) curl_easy_cleanup(curl);
    return result;
}
