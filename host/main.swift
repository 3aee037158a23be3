import ArgumentParser

Lakoo.main()
