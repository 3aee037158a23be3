Lakoo.main()
