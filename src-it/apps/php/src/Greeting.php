<?php

declare(strict_types=1);

namespace Example;

use NumberFormatter;

/** A greeting that needs the extension intl. */
final class Greeting
{
    public function for(string $path): string
    {
        $speller = new NumberFormatter('en', NumberFormatter::SPELLOUT);

        return sprintf('Hello from PHP %s, page %s', $speller->format(PHP_MAJOR_VERSION), mb_strtolower($path));
    }
}
