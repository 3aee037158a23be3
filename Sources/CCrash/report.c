#include "internal.h"

#include <limits.h>
#include <unistd.h>

/// A line that is written in one piece, so that those of several threads do not mix.
struct line {
  char bytes[PIPE_BUF];
  size_t length;
};

static void put(struct line *line, char c) {
  if (line->length < sizeof line->bytes - 1) line->bytes[line->length++] = c;
}

static void text(struct line *line, const char *text) {
  for (; *text; text++) put(line, *text);
}

/// A word of somebody else's making: without what would end it.
static void word(struct line *line, const char *text, size_t limit) {
  for (size_t i = 0; i < limit && text[i]; i++) put(line, text[i] > ' ' && text[i] < 0x7f ? text[i] : '?');
}

static void decimal(struct line *line, uint64_t value) {
  char digits[20];
  size_t count = 0;
  do digits[count++] = (char)('0' + value % 10);
  while ((value /= 10) > 0);
  while (count > 0) put(line, digits[--count]);
}

static void hex(struct line *line, uint64_t value) {
  text(line, "0x");
  int shift = 60;
  while (shift > 0 && (value >> shift) == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) put(line, "0123456789abcdef"[value >> shift & 15]);
}

static void mark(struct line *line, const struct lakoo_mark *mark) {
  if (!mark || !mark->function) return put(line, '-');
  word(line, mark->function, 256);
  put(line, ':');
  word(line, mark->request, sizeof mark->request);
}

static void addresses(struct line *line, const char *name, const uint64_t *addresses, size_t count) {
  text(line, name);
  for (size_t i = 0; i < count; i++) {
    if (i > 0) put(line, ',');
    hex(line, addresses[i]);
  }
}

void lakoo_write_report(int descriptor, const struct lakoo_report *report) {
  struct line line = {.length = 0};
  text(&line, report->kind);
  put(&line, ' ');
  decimal(&line, report->number);
  text(&line, " signal=");
  decimal(&line, (uint64_t)report->signal);
  text(&line, report->is_contained ? " fate=contained address=" : " fate=fatal address=");
  hex(&line, report->address);
  text(&line, " mark=");
  mark(&line, report->mark);
  addresses(&line, " stack=", report->frames, report->frame_count);
  addresses(&line, " callers=", report->callers, report->caller_count);
  line.bytes[line.length++] = '\n';
  if (descriptor >= 0 && write(descriptor, line.bytes, line.length) < 0) return;
}
