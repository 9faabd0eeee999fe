// Runs one SMTP transaction. The client is libcurl, whose variadic calls are kept from Swift; nothing of its is seen outside.
//
// What a failure means hangs on the final dot (RFC 1047): before it the server can't have the message, after it only its answer tells. So the
// result says how far the transaction came, and what the server answered last, as codes only: an answer's words may hold an address.
#ifndef REVISIT_MAIL_SHIM_H
#define REVISIT_MAIL_SHIM_H

#include <stddef.h>

enum { MAIL_TLS_NONE, MAIL_TLS_STARTTLS, MAIL_TLS_ALWAYS };

// How far it came: the last command of which a byte may have left, or MAIL_DOT.
enum {
    MAIL_NOTHING,      // no server answered
    MAIL_GREETED,      // the server's greeting came, or EHLO and what belongs to it went out
    MAIL_STARTTLS,
    MAIL_AUTH,
    MAIL_FROM,
    MAIL_RCPT,
    MAIL_DATA,         // DATA went out, and perhaps a part of the message, but not its last line's end
    MAIL_DOT,          // the whole message was handed to libcurl: its final dot may have left
};

// Why it ended, where no answer says so.
enum {
    MAIL_END_ANSWER,       // it went through, or the server's answer ended it
    MAIL_END_CONNECT,      // no connection: no such host, refused, unreachable
    MAIL_END_LOST,         // the connection broke, or spoke something else than SMTP
    MAIL_END_TIME,         // the time was over
    MAIL_END_TLS,          // the handshake failed otherwise than by the certificate
    MAIL_END_CERTIFICATE,  // the certificate isn't trusted, or isn't this host's, or the file of trusted ones can't be read
    MAIL_END_NO_TLS,       // the server offers no STARTTLS
    MAIL_END_LOGIN,        // no way of logging in that both know, or it was refused
    MAIL_END_SETUP,        // libcurl can't do what was asked, or there is no memory
};

// Texts are UTF-8 without NUL; the message's lines end in CRLF, the last one too.
typedef struct {
    const char *url;            // "smtp://host:port/name-for-EHLO", or "smtps://"
    int tls;
    const char *user;           // NULL for no login
    const char *password;
    const char *ca_file;        // NULL for the system's
    const char *from;           // the envelope's, without angle brackets
    const char *to;
    const char *message;        // NULL to greet the server, log in, and send nothing
    size_t length;              // bytes
    long connect_milliseconds;
    long dot_milliseconds;      // up to the final dot, which may not leave later
    long total_milliseconds;    // up to the answer to the final dot
    void (*before_dot)(void *); // told once, when the message's end is about to be handed to libcurl; NULL for nobody
    void *watcher;              // what it is told with
} mail_order;

typedef struct {
    int stage;
    int end;
    int reply;                  // the last whole answer's code; 0 for none
    int reply_after_dot;        // the whole answer's code that came after MAIL_DOT; 0 for none
    int enhanced[3];            // that answer's enhanced status code (RFC 3463), {5, 1, 1}; zeros for none
    int code;                   // libcurl's own, for the reason
} mail_result;

// Blocks until the transaction has ended, on a connection of its own, and never repeats anything. Any thread may call it.
mail_result mail_send(const mail_order *order);

#endif
